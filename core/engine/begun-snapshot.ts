import { KeptBlocks } from '../blocks/kept-blocks.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { SnapshotId } from '../contract/ids.ts'
import { blocksIn } from '../contract/units.ts'
import type { ImageFile } from '../images/image-file.ts'
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
  /** null: of a linked image, which is the user's: it must not change meanwhile. */
  readonly moment: Moment | null
}

/**
 * The moment is that of this call: what is written to a managed volume from now on is not in it.
 *
 * @throws StrataError NAME_REFUSED, NAME_TAKEN, or as `openSource`
 */
export function beginningOf(
  library: Library,
  row: VolumeRow,
  wish: { readonly name?: string | undefined; readonly file?: string | undefined },
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
  return { id, name, row, image, sizeBytes, moment: momentOf(library, id, row) }
}

function momentOf(library: Library, id: SnapshotId, row: VolumeRow): Moment | null {
  const head = managedHead(row)
  if (head === undefined) return null
  const file = keptBlocksFile(library.path, id)
  const kept = row.dataKey === null ? new KeptBlocks(file, blocksIn(row.sizeBytes)) : null
  const moment = { id, volumeId: row.id, content: head.content, kept }
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
export function closeSnapshot(library: Library, { moment, image }: BegunSnapshot): void {
  image.close()
  if (moment !== null) library.underWay.moments.end(moment)
}
