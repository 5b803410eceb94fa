import { KeptBlocks } from '../blocks/kept-blocks.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { SnapshotId } from '../contract/ids.ts'
import { blocksIn } from '../contract/units.ts'
import type { ImageFile } from '../images/image-file.ts'
import { span } from '../lineage/index-set.ts'
import { livingBaseOf, managedHead } from './head.ts'
import { newId } from './ids.ts'
import type { Library } from './library.ts'
import { keptBlocksFile } from './library-paths.ts'
import type { Moment } from './moments.ts'
import { pendingOf } from './pending-snapshots.ts'
import { newSnapshotName } from './snapshot-names.ts'
import { openSource } from './snapshot-source.ts'

/** A snapshot that is being taken, and what of. It holds files open until it is closed. */
export type BegunSnapshot = {
  readonly id: SnapshotId
  readonly name: string
  readonly row: VolumeRow
  readonly image: ImageFile
  readonly sizeBytes: number
  /**
   * null: of a linked image, which is the user's: it must not change meanwhile. Or it is still to come,
   * when the write is over that is under way.
   */
  moment: Moment | null
}

/**
 * The moment is that of this call: what is written to a managed volume from now on is not in it.
 *
 * @param isWritten the volume is being written to: the moment is that at which this is over
 * @throws StrataError NAME_REFUSED, NAME_TAKEN, or as `openSource`
 */
export function beginningOf(
  library: Library,
  row: VolumeRow,
  wish: { readonly name?: string | undefined; readonly file?: string | undefined },
  isWritten = false,
): BegunSnapshot {
  const place = { volumeId: row.id, ownerId: row.ownerId, region: row.region }
  const pending = pendingOf(library, row.id)
  const number = row.snapshotsTaken + pending.length + 1
  const name = newSnapshotName(library, place, wish.name, `s${number}`)
  // A volume never shrinks, not below a state either that is being read.
  const least = Math.max(row.sizeBytes, ...pending.map((each) => each.volumeSizeBytes))
  const image = openSource(library, { ...row, sizeBytes: least }, wish.file)
  // Only an image grows by itself. A managed volume's file may be longer than it is said to be,
  // where growing it was interrupted.
  const sizeBytes = row.kind === 'linked' ? image.stamp.sizeBytes : row.sizeBytes
  const id = newId(SnapshotId, 'snap')
  const snapshot: BegunSnapshot = { id, name, row, image, sizeBytes, moment: null }
  const begin = () => {
    snapshot.moment = momentOf(library, snapshot)
  }
  if (isWritten) library.underWay.moments.await(row.id, id, begin)
  else begin()
  return snapshot
}

function momentOf(library: Library, { id, row, sizeBytes }: BegunSnapshot): Moment | null {
  const head = managedHead(library.volumeRow(row.id))
  if (head === undefined) return null
  const blockCount = blocksIn(sizeBytes)
  const file = keptBlocksFile(library.path, id)
  const kept = row.dataKey === null ? new KeptBlocks(file, blockCount) : null
  // It may have grown right after the write that was waited for.
  const content = head.content.restrict(span(0, blockCount))
  const moment = { id, volumeId: row.id, content, kept }
  library.underWay.moments.begin(moment, head.dirty)
  return moment
}

/**
 * When snapshots of these volumes start that are begun together.
 *
 * @param now milliseconds since 1970, UTC
 */
export function startOf(library: Library, rows: readonly VolumeRow[], now: number): number {
  const starts = rows.flatMap(({ id, baseId }) => {
    const base = livingBaseOf(library.lineage(), baseId).baseId
    const before = base === null ? [] : [library.snapshotRows().get(base)!]
    return [...before, ...pendingOf(library, id)].map(({ startedAt }) => startedAt)
  })
  // A parent never starts after its child, even when the clock was set back in between.
  return Math.max(now, ...starts.map((start) => start + 1))
}

/** Within a change. */
export function beginSnapshot(
  library: Library,
  { id, name, row, sizeBytes }: BegunSnapshot,
  description: string,
  startedAt: number,
): void {
  library.snapshots.begin({
    id,
    name,
    description,
    volumeId: row.id,
    ownerId: row.ownerId,
    region: row.region,
    copiedFrom: null,
    parentId: livingBaseOf(library.lineage(), row.baseId).baseId,
    startedAt,
    volumeSizeBytes: sizeBytes,
  })
}

/** A linked image is as it was. @throws StrataError IMAGE_CHANGED */
export function assertStill({ moment, image }: BegunSnapshot): void {
  if (moment === null) image.assertUnchanged()
}

/** Right after the transaction that completed it. */
export function settleMoment(library: Library, { moment }: BegunSnapshot): void {
  if (moment !== null) library.underWay.moments.complete(moment)
}

/** Lets go of what it reads, however it ended. */
export function closeSnapshot(library: Library, { id, row, moment, image }: BegunSnapshot): void {
  image.close()
  library.underWay.moments.forget(row.id, id)
  if (moment !== null) library.underWay.moments.end(moment)
}
