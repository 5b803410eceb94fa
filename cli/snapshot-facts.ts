import type { LibraryView, Snapshot } from '../core/contract/model.ts'
import { fastRestoreOf } from './fast-restore.ts'
import type { Library } from './library.ts'

/** A snapshot with what was switched on for it, and as EC2 would tell it. */
export async function snapshotFacts(library: Library, view: LibraryView, snapshot: Snapshot) {
  const { snapshotId } = snapshot
  const { Snapshots } = await library.engine.describeSnapshots({ snapshotIds: [snapshotId] })
  return { ...snapshot, fastRestore: fastRestoreOf(view, snapshotId), described: Snapshots[0]! }
}
