import type { Input, Output } from '../contract/calls.ts'
import { SnapshotId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { diffOf } from '../lineage/diff.ts'
import { sharingOf } from '../lineage/sharing.ts'
import type { Library } from './library.ts'
import { seenLineage } from './seen-lineage.ts'

/** Where two snapshots differ, in runs of blocks. */
export function diffSnapshots(
  library: Library,
  { fromId, toId }: Input<'diffSnapshots'>,
): Output<'diffSnapshots'> {
  for (const id of [fromId, toId]) library.directRow(id)
  const diff = diffOf(library.lineage(), fromId, toId)
  return {
    ranges: diff.ranges.map(({ start, end, change }) => ({
      firstBlock: start,
      blockCount: end - start,
      change,
    })),
    addedBytes: diff.added * BLOCK_BYTES,
    changedBytes: diff.changed * BLOCK_BYTES,
    removedBytes: diff.removed * BLOCK_BYTES,
  }
}

/** With whom a snapshot shares blocks, most bytes first. */
export function listSharing(
  library: Library,
  { snapshotId }: Input<'listSharing'>,
): Output<'listSharing'> {
  library.wholeRow(snapshotId)
  return sharingOf(seenLineage(library), snapshotId).map(({ id, shared }) => ({
    snapshotId: SnapshotId.parse(id),
    sharedBytes: shared * BLOCK_BYTES,
  }))
}
