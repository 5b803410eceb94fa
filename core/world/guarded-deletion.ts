import type { Input } from '../contract/calls.ts'
import type { Deletion, DeletionPlan } from '../contract/deletion.ts'
import type { Context } from '../engine/context.ts'
import { deleteSnapshots, planDeletion } from '../engine/delete-snapshots.ts'
import { assertUnpinned, pinsOf } from './deletion-guards.ts'

/** What deleting these together does, and what stands in the way. Changes nothing. */
export function planGuardedDeletion(
  context: Context,
  { snapshotIds }: Input<'planDeletion'>,
): DeletionPlan {
  const plan = planDeletion(context.library, snapshotIds)
  return { ...plan, pinned: pinsOf(context, plan.snapshotIds) }
}

/** Deletes all or none: none where anything stands in the way of one. */
export function deleteUnpinned(context: Context, input: Input<'deleteSnapshots'>): Deletion {
  assertUnpinned(context, input.snapshotIds)
  return deleteSnapshots(context, input)
}
