import type { Delta } from '../blocks/delta.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { sizeOf } from '../lineage/index-set.ts'
import type { Library } from './library.ts'
import { binMsOf } from './retention.ts'

/**
 * Within a change: a pending snapshot is completed. Where its deletion was asked for meanwhile, it is
 * deleted, or goes to the Recycle Bin by the rules of now.
 *
 * @returns how many bytes it stores
 */
export function finishSnapshot(library: Library, id: SnapshotId, at: number, delta: Delta): number {
  const storedBytes = sizeOf(delta.data) * BLOCK_BYTES
  const row = library.snapshotRows().get(id)!
  const { deletionId } = row
  library.snapshots.complete(id, at, delta.encode())
  const binMs = deletionId === null ? null : binMsOf(library, row)
  if (deletionId !== null && binMs !== null) {
    library.snapshots.enterBin(id, deletionId, at, at + binMs)
  } else if (deletionId !== null) {
    library.deletions.addReleased(deletionId, storedBytes)
    library.history.addStored(deletionId, -storedBytes)
  }
  return storedBytes
}
