import type { Input } from '../contract/calls.ts'
import type { Deletion, DeletionPlan } from '../contract/deletion.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { Context } from '../engine/context.ts'
import { deleteSnapshots, planDeletion } from '../engine/delete-snapshots.ts'
import { assertUnpinned, pinsOf } from './deletion-guards.ts'
import { retentionDaysOf } from './retention-rules.ts'

const DAY_MS = 86_400_000

/** What deleting these together does, now and later, and what stands in the way. Changes nothing. */
export function planGuardedDeletion(
  context: Context,
  { snapshotIds }: Input<'planDeletion'>,
): DeletionPlan {
  const { library } = context
  const plan = planDeletion(library, snapshotIds)
  const exits = exitsOf(context, plan.snapshotIds)
  const now = plan.snapshotIds.filter((id) => !exits.has(id))
  return {
    ...plan,
    releasedNowBytes:
      exits.size === 0 ? plan.releasedBytes : planDeletion(library, now).releasedBytes,
    binned: [...exits].map(([snapshotId, exitsAt]) => ({ snapshotId, exitsAt })),
    pinned: pinsOf(context, plan.snapshotIds),
  }
}

/** Deletes all or none: none where anything stands in the way of one. */
export function deleteUnpinned(context: Context, input: Input<'deleteSnapshots'>): Deletion {
  assertUnpinned(context, input.snapshotIds)
  return deleteSnapshots(context, input, exitsOf(context, input.snapshotIds))
}

/** Those that a retention rule keeps in the Recycle Bin, and when each would leave it. */
function exitsOf({ library, clock }: Context, ids: readonly SnapshotId[]): Map<SnapshotId, number> {
  const now = clock()
  const exits = new Map<SnapshotId, number>()
  for (const id of ids) {
    const row = library.snapshotRow(id)
    // What is not whole cannot be kept: it goes as soon as it is.
    if (row.state !== 'completed') continue
    const days = retentionDaysOf(library, row)
    if (days !== null) exits.set(id, now + days * DAY_MS)
  }
  return exits
}
