import type { Delta } from '../blocks/delta.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { sizeOf } from '../lineage/index-set.ts'
import type { Library } from './library.ts'

/**
 * Within a change: a pending snapshot is completed, or deleted where that was asked for meanwhile.
 *
 * @returns how many bytes it stores
 */
export function finishSnapshot(library: Library, id: SnapshotId, at: number, delta: Delta): number {
  const storedBytes = sizeOf(delta.data) * BLOCK_BYTES
  const { deletionId } = library.snapshotRows().get(id)!
  library.snapshots.complete(id, at, delta.encode())
  if (deletionId !== null) {
    library.deletions.addReleased(deletionId, storedBytes)
    library.history.addStored(deletionId, -storedBytes)
  }
  return storedBytes
}
