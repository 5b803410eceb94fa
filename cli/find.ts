import { StrataError } from '../core/contract/errors.ts'
import { SnapshotId } from '../core/contract/ids.ts'
import type { LibraryView, Region, Snapshot, Volume } from '../core/contract/model.ts'

/**
 * The volume that `text` means: an id, else a name. A removed volume is found by its name only
 * where no other has it, and first where the command works.
 *
 * @throws StrataError InvalidVolume.NotFound, InvalidVolumeID.Malformed, NAME_AMBIGUOUS
 */
export function findVolume(view: LibraryView, text: string): Volume {
  const byId = view.volumes.find((volume) => volume.volumeId === text)
  if (byId !== undefined) return byId
  const named = volumesNamed(view, text)
  const present = named.filter((volume) => !volume.isRemoved)
  const here = named.filter(isIn(view))
  const [volume, ...others] = [present, here, named].find((meant) => meant.length > 0) ?? []
  if (volume === undefined) throw unknownVolume(text)
  if (others.length > 0) {
    const ids = [volume, ...others].map(({ volumeId }) => volumeId).join(', ')
    throw new StrataError('NAME_AMBIGUOUS', { name: text, kind: 'volume', ids })
  }
  return volume
}

/**
 * The volume that `text` means, to change it, take a snapshot of it or remove it.
 *
 * @throws StrataError InvalidVolume.NotFound, NAME_AMBIGUOUS, NAMED_ELSEWHERE
 */
export function volumeToChange(view: LibraryView, text: string): Volume {
  const volume = findVolume(view, text)
  if (volume.volumeId !== text) assertHere(view, text, 'volume', volume)
  return volume
}

/**
 * The snapshot that `text` means: an id, else a name, else VOLUME/NAME, for names that the
 * snapshots of several volumes have. A copy is often called as its source is: what lies in the
 * region that the command works in is meant first, and what is one's own before what others share.
 *
 * @throws StrataError InvalidSnapshot.NotFound, InvalidSnapshotID.Malformed, NAME_AMBIGUOUS
 */
export function findSnapshot(view: LibraryView, text: string): Snapshot {
  const byId = view.snapshots.find((snapshot) => snapshot.snapshotId === text)
  if (byId !== undefined) return byId
  const own = view.snapshots.filter((each) => isOwn(view, each))
  const meant = snapshotsMeant({ ...view, snapshots: own }, text)
  const [snapshot, ...others] = meant.length > 0 ? meant : snapshotsMeant(view, text)
  if (snapshot === undefined) throw unknownSnapshot(text)
  if (others.length > 0) {
    const ids = [snapshot, ...others].map(({ snapshotId }) => snapshotId).join(', ')
    throw new StrataError('NAME_AMBIGUOUS', { name: text, kind: 'snapshot', ids })
  }
  return snapshot
}

/**
 * The snapshot that `text` means, to change or delete it.
 *
 * @throws StrataError InvalidSnapshot.NotFound, NAME_AMBIGUOUS, NAMED_ELSEWHERE
 */
export function snapshotToChange(view: LibraryView, text: string): Snapshot {
  const snapshot = findSnapshot(view, text)
  if (snapshot.snapshotId !== text) assertHere(view, text, 'snapshot', snapshot)
  return snapshot
}

/**
 * The id of the snapshot that `text` means. Whether an id is there is for the engine to say: EBS has
 * other words for it from call to call.
 *
 * @throws StrataError as `findSnapshot`
 */
export function snapshotIdOf(view: LibraryView, text: string): SnapshotId {
  const { data: id } = SnapshotId.safeParse(text)
  return id !== undefined && !isMalformed('snap', id) ? id : findSnapshot(view, text).snapshotId
}

/** Nothing has that name; what looks like an id but cannot be one is told as that. */
export function unknownSnapshot(snapshot: string): StrataError {
  const isAmiss = isMalformed('snap', snapshot)
  return new StrataError(isAmiss ? 'InvalidSnapshotID.Malformed' : 'InvalidSnapshot.NotFound', {
    snapshot,
  })
}

/** As `unknownSnapshot`. */
export function unknownVolume(volume: string): StrataError {
  const isAmiss = isMalformed('vol', volume)
  return new StrataError(isAmiss ? 'InvalidVolumeID.Malformed' : 'InvalidVolume.NotFound', {
    volume,
  })
}

/**
 * A copy is mostly called as its source is: what a name means elsewhere is read, but not changed.
 *
 * @throws StrataError NAMED_ELSEWHERE
 */
export function assertHere(
  view: LibraryView,
  name: string,
  kind: 'snapshot' | 'volume' | 'image' | 'instance',
  found: { readonly region: string },
): void {
  if (isIn(view)(found)) return
  throw new StrataError('NAMED_ELSEWHERE', { name, kind, region: found.region })
}

/** Whether the account that asks owns something. */
export function isOwn(
  { accounts }: LibraryView,
  { ownerId }: { readonly ownerId: string },
): boolean {
  return accounts.find(({ isCurrent }) => isCurrent)?.accountId === ownerId
}

/** @throws StrataError InvalidRegion */
export function findRegion(view: LibraryView, text: string): Region {
  const found = view.regions.find(({ name }) => name === text)
  if (found === undefined) throw new StrataError('InvalidRegion', { region: text })
  return found
}

/** As in EBS: the id of long ago had eight digits, and no id is all zeros. */
function isMalformed(prefix: 'snap' | 'vol', text: string): boolean {
  if (!text.startsWith(`${prefix}-`)) return false
  const digits = text.slice(prefix.length + 1)
  return !/^([0-9a-f]{8}|[0-9a-f]{17})$/.test(digits) || /^0+$/.test(digits)
}

/** A whole name before VOLUME/NAME, and what lies where the command works before the rest. */
function snapshotsMeant(view: LibraryView, text: string): readonly Snapshot[] {
  const named = view.snapshots.filter(({ name }) => name === asKept(text))
  const ofNamed = snapshotsOfNamed(view, text)
  const isHere = isIn(view)
  const inOrder = [named.filter(isHere), ofNamed.filter(isHere), named, ofNamed]
  // What failed leaves its name to the next try.
  const usable = inOrder.map((meant) => meant.filter(({ state }) => state !== 'error'))
  return [...usable, ...inOrder].find((meant) => meant.length > 0) ?? []
}

/** Either name may have slashes in it, so each is tried as the border. */
function snapshotsOfNamed(view: LibraryView, text: string): Snapshot[] {
  const found: Snapshot[] = []
  for (let at = text.indexOf('/'); at !== -1; at = text.indexOf('/', at + 1)) {
    const name = asKept(text.slice(at + 1))
    for (const { volumeId } of volumesNamed(view, text.slice(0, at))) {
      found.push(
        ...view.snapshots.filter((each) => each.volumeId === volumeId && each.name === name),
      )
    }
  }
  return found
}

function volumesNamed(view: LibraryView, text: string): Volume[] {
  const name = asKept(text)
  return view.volumes.filter((volume) => volume.name === name)
}

/** Names are kept trimmed and in this form. */
function asKept(text: string): string {
  return text.normalize('NFC').trim()
}

/** Whether something lies in the region that the command works in. */
function isIn({ regions }: LibraryView): (item: { readonly region: string }) => boolean {
  const current = regions.find(({ isCurrent }) => isCurrent)
  return ({ region }) => region === current?.name
}
