import type { Input } from '../contract/calls.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { DeletionSaving, Money, PriceTable } from '../contract/money.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { keptBlocksOf } from '../engine/archived-data.ts'
import type { Context } from '../engine/context.ts'
import { planDeletion } from '../engine/delete-snapshots.ts'
import type { Library } from '../engine/library.ts'
import { planGuardedDeletion } from './guarded-deletion.ts'
import { pricesOf } from './prices.ts'
import { costInTiers, tiersIn } from './tiered-cost.ts'

/** What deleting these together saves a month: at once, and when nothing of it is in the bin any more. */
export function deletionSaving(context: Context, input: Input<'deletionSaving'>): DeletionSaving {
  const prices = pricesOf(context.library)
  return { prices, ...savingAt(prices, context, input) }
}

/** The same at given prices. */
export function savingAt(
  prices: PriceTable,
  context: Context,
  { snapshotIds }: Input<'deletionSaving'>,
): Omit<DeletionSaving, 'prices'> {
  const { library, clock } = context
  const plan = planGuardedDeletion(context, { snapshotIds })
  const { releasedBytes, releasedNowBytes, heldBytes, binned } = plan
  const kept = new Set(binned.map(({ snapshotId }) => snapshotId))
  const now = plan.snapshotIds.filter((id) => !kept.has(id))
  // Nobody is charged for what volumes have still to load.
  const nowBytes = releasedNowBytes + (binned.length === 0 ? heldBytes : 0)
  const rows = plan.snapshotIds.map((id) => library.snapshotRow(id))
  return {
    atOnce: savingOf(library, now, nowBytes, prices),
    inTheEnd: savingOf(library, plan.snapshotIds, releasedBytes + heldBytes, prices),
    earlyDeletion: tiersIn(library).earlyDeletion(rows, prices, clock()),
  }
}

/** Archived ones share nothing with others; what is restored for some days is in both tiers. */
function savingOf(
  library: Library,
  ids: readonly SnapshotId[],
  bytes: number,
  prices: PriceTable,
): Money {
  const archived = ids.filter((id) => library.snapshotRow(id).tier === 'archive')
  const rootBytes = archived.length === 0 ? 0 : planDeletion(library, archived).releasedBytes
  const kept = keptBlocksOf(library)
  const keptBytes = ids.reduce((sum, id) => sum + (kept.get(id) ?? 0), 0) * BLOCK_BYTES
  return costInTiers({ standard: bytes - rootBytes, archive: rootBytes + keptBytes }, prices)
}
