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
  const binMs = binMsOf(context, plan.snapshotIds)
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
  return deleteSnapshots(context, input, binMsOf(context, input.snapshotIds))
}

/**
 * The same as a part of another change, which takes what stands in the way out of it.
 *
 * @param by who deletes, where it is not whoever asks
 */
export function deleteAlong(
  context: Context,
  input: Input<'deleteSnapshots'>,
  alongside: () => void,
  by?: string,
): Deletion {
  return deleteSnapshots(context, input, binMsOf(context, input.snapshotIds), alongside, by)
}

/** Those that a retention rule keeps in the Recycle Bin, and for how long, in milliseconds. */
function binMsOf({ library }: Context, ids: readonly SnapshotId[]): Map<SnapshotId, number> {
  const binMs = new Map<SnapshotId, number>()
  for (const id of ids) {
    const row = library.snapshotRow(id)
    // What is not whole cannot be kept: it goes as soon as it is.
    if (row.state !== 'completed') continue
    const days = retentionDaysOf(library, row)
    if (days !== null) binMs.set(id, days * DAY_MS)
  }
  return binMs
}
