import { SnapshotId } from '../contract/ids.ts'
import { type CollapsePlan, planCollapse } from '../lineage/collapse.ts'
import type { Library } from './library.ts'

/** Physical bytes that no snapshot reads: of deletions that can be undone, and not yet given back. */
export function reclaimableBytesOf(library: Library): number {
  const plan = planCollapse(library.lineage(), () => true)
  let bytes = library.segments.all().reduce((sum, row) => sum + row.deadBytes, 0)
  for (const record of deadRecords(library, plan)) bytes += record.length
  return bytes
}

/** The records of the stored blocks that a contraction gives up. */
export function* deadRecords(library: Library, plan: CollapsePlan) {
  for (const { id, data } of plan.dead) {
    const delta = library.deltaOf(SnapshotId.parse(id))
    for (const [firstId, count] of delta.blockIdsIn(data)) {
      for (let blockId = firstId; blockId < firstId + count; blockId += 1) {
        const record = library.blocks.get(blockId)
        if (record !== undefined) yield record
      }
    }
  }
}
