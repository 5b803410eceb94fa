import { SnapshotId } from '../contract/ids.ts'
import { newId } from '../engine/ids.ts'
import type { Library } from '../engine/library.ts'

/**
 * Within a change: takes a snapshot out of its tree. A deleted one that says the same takes its place,
 * for those that read through it, and for the volumes that go on from it.
 */
export function detach(library: Library, id: SnapshotId): void {
  const remnantId = newId(SnapshotId, 'snap')
  library.snapshots.detach(id, remnantId)
  library.volumes.rebase(id, remnantId)
}
