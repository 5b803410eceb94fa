import { StrataError } from '../core/contract/errors.ts'
import type { LibraryView, Snapshot, Volume } from '../core/contract/model.ts'

/**
 * The volume that `text` means: an id, else a name. A removed volume is found by its name only
 * where no other has it.
 *
 * @throws StrataError VOLUME_UNKNOWN, NAME_AMBIGUOUS
 */
export function findVolume(view: LibraryView, text: string): Volume {
  const byId = view.volumes.find((volume) => volume.volumeId === text)
  if (byId !== undefined) return byId
  const name = nameOf(text)
  const named = view.volumes.filter((volume) => volume.name === name)
  const present = named.filter((volume) => !volume.isRemoved)
  const [volume, ...others] = present.length > 0 ? present : named
  if (volume === undefined) throw new StrataError('VOLUME_UNKNOWN', { volume: text })
  if (others.length > 0) {
    const ids = [volume, ...others].map(({ volumeId }) => volumeId).join(', ')
    throw new StrataError('NAME_AMBIGUOUS', { name: text, kind: 'volume', ids })
  }
  return volume
}

/**
 * The snapshot that `text` means: an id, else a name.
 *
 * @throws StrataError SNAPSHOT_UNKNOWN, NAME_AMBIGUOUS
 */
export function findSnapshot(view: LibraryView, text: string): Snapshot {
  const byId = view.snapshots.find((snapshot) => snapshot.snapshotId === text)
  if (byId !== undefined) return byId
  const name = nameOf(text)
  const [snapshot, ...others] = view.snapshots.filter((each) => each.name === name)
  if (snapshot === undefined) throw new StrataError('SNAPSHOT_UNKNOWN', { snapshot: text })
  if (others.length > 0) {
    const ids = [snapshot, ...others].map(({ snapshotId }) => snapshotId).join(', ')
    throw new StrataError('NAME_AMBIGUOUS', { name: text, kind: 'snapshot', ids })
  }
  return snapshot
}

/** @throws StrataError SNAPSHOT_UNKNOWN */
export function snapshotById(view: LibraryView, snapshotId: string): Snapshot {
  const snapshot = view.snapshots.find((each) => each.snapshotId === snapshotId)
  if (snapshot === undefined) throw new StrataError('SNAPSHOT_UNKNOWN', { snapshot: snapshotId })
  return snapshot
}

/** Names are kept trimmed and in this form. */
function nameOf(text: string): string {
  return text.normalize('NFC').trim()
}
