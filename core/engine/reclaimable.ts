import type { BlockRecord } from '../blocks/block-record.ts'
import { SnapshotId } from '../contract/ids.ts'
import { type CollapsePlan, planCollapse } from '../lineage/collapse.ts'
import { minus } from '../lineage/index-set.ts'
import { recordsIn } from './bury-blocks.ts'
import type { Library } from './library.ts'
import { heldIn, holdsOf } from './unloaded.ts'

/** Physical bytes that nobody reads: of deletions that can be undone, and not yet given back. */
export function reclaimableBytesOf(library: Library): number {
  const plan = planCollapse(library.lineage(), () => true)
  let bytes = library.segments.all().reduce((sum, row) => sum + row.deadBytes, 0)
  for (const record of deadRecords(library, plan)) bytes += record.length
  return bytes
}

/**
 * Something is over for good, and yet to be given back: a run before this one came to an end first.
 * What waits for its segment to be more than half dead does not count.
 */
export function isReclaimOwed(library: Library): boolean {
  const rows = [...library.snapshotRows().values()]
  const over = new Set<string>(
    rows.filter((row) => row.state === 'deleted' && row.deletionId === null).map(({ id }) => id),
  )
  if (over.size === 0) return false
  const plan = planCollapse(library.lineage(), (id) => over.has(id))
  if (plan.steps.some(({ kind }) => kind !== 'trim')) return true
  return deadRecords(library, plan).next().done === false
}

/** The records of the stored blocks that a contraction gives up, and that no volume has to load. */
export function* deadRecords(library: Library, plan: CollapsePlan): Generator<BlockRecord> {
  const holds = holdsOf(library)
  for (const { id, data } of plan.dead) {
    const delta = library.deltaOf(SnapshotId.parse(id))
    yield* recordsIn(library, delta, minus(data, heldIn(delta, holds)))
  }
}
