import type { FastRestoreRow } from '../catalog/fast-restores.ts'
import type { Input, Output } from '../contract/calls.ts'
import { creditsAt, creditsPerHourOf, maxCreditsOf } from '../contract/fast-restore.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { createVolumeFromSnapshot as cloneSnapshot } from '../engine/clone-snapshot.ts'
import type { Context } from '../engine/context.ts'
import type { Credit } from '../engine/create-volume.ts'
import type { Clone } from '../engine/new-clone.ts'
import { advanceFastRestores, fastRestoreOf } from './fast-restore.ts'

/**
 * Makes a volume of a snapshot: whole, where a credit of fast snapshot restore is there for it.
 *
 * @param alongside what else the transaction does that makes it
 */
export function createVolumeFromSnapshot(
  context: Context,
  input: Input<'createVolumeFromSnapshot'>,
  alongside: Clone['alongside'] = () => {},
): Output<'createVolumeFromSnapshot'> {
  advanceFastRestores(context)
  return cloneSnapshot(context, input, creditFor(context, input.snapshotId), alongside)
}

/** null: there is less than one. */
function creditFor({ library, clock }: Context, id: SnapshotId): Credit | null {
  const add = (count: number) => {
    const row = fastRestoreOf(library, id)
    // Switched off meanwhile, and on again: its bucket is another one.
    if (row?.state !== 'enabled') return
    const now = clock()
    const credits = Math.min(maxCreditsOf(row.sizeBytes), creditsOf(row, now) + count)
    library.fastRestores.set({ ...row, credits, countedAt: now })
  }
  const row = fastRestoreOf(library, id)
  if (row === undefined || creditsOf(row, clock()) < 1) return null
  return { spend: () => add(-1), giveBack: () => add(1) }
}

function creditsOf(row: FastRestoreRow, now: number): number {
  const { sizeBytes } = row
  const maxCredits = maxCreditsOf(sizeBytes)
  return creditsAt({ ...row, maxCredits, creditsPerHour: creditsPerHourOf(sizeBytes) }, now)
}
