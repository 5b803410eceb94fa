import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import type { Deletion, DeletionPlan } from '../contract/deletion.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { Context } from '../engine/context.ts'
import { deleteSnapshots, type LargerChange, planDeletion } from '../engine/delete-snapshots.ts'
import { binMsOf } from '../engine/retention.ts'
import { assertUnpinned, pinsOf } from './deletion-guards.ts'

/** What deleting these together does, now and later, and what stands in the way. Changes nothing. */
export function planGuardedDeletion(
  context: Context,
  { snapshotIds }: Input<'planDeletion'>,
): DeletionPlan {
  const { library } = context
  const plan = planDeletion(library, snapshotIds)
  const binMs = binMsIn(context, plan.snapshotIds, ['completed', 'pending'])
  const now = plan.snapshotIds.filter((id) => !binMs.has(id))
  const at = context.clock()
  return {
    ...plan,
    releasedNowBytes:
      binMs.size === 0 ? plan.releasedBytes : planDeletion(library, now).releasedBytes,
    binned: [...binMs].map(([snapshotId, ms]) => ({ snapshotId, exitsAt: at + ms })),
    pinned: pinsOf(context, plan.snapshotIds),
  }
}

/** Deletes all or none: none where anything stands in the way of one. */
export function deleteUnpinned(context: Context, input: Input<'deleteSnapshots'>): Deletion {
  assertUnpinned(context, input.snapshotIds)
  return deleteSnapshots(context, input, binMsIn(context, input.snapshotIds, ['completed']))
}

/** The same as a part of another change, which takes what stands in the way out of it. */
export function deleteAlong(
  context: Context,
  input: Input<'deleteSnapshots'>,
  larger: LargerChange,
): Deletion {
  const binMs = binMsIn(context, input.snapshotIds, ['completed'])
  return deleteSnapshots(context, input, binMs, larger)
}

/**
 * Those in one of these states that a retention rule keeps in the Recycle Bin, and for how long, in
 * milliseconds. A pending one goes there when it is complete; what failed holds nothing to keep.
 */
function binMsIn(
  { library }: Context,
  ids: readonly SnapshotId[],
  states: readonly SnapshotRow['state'][],
): Map<SnapshotId, number> {
  const binMs = new Map<SnapshotId, number>()
  for (const id of ids) {
    const row = library.snapshotRow(id)
    const ms = states.includes(row.state) ? binMsOf(library, row) : null
    if (ms !== null) binMs.set(id, ms)
  }
  return binMs
}
