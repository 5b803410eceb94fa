import type { Input } from '../contract/calls.ts'
import type { DeletionPlan } from '../contract/deletion.ts'
import type { Snapshot } from '../contract/model.ts'
import type { CostReport, PriceTable, StorageCost } from '../contract/money.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { storedBlocksOf } from '../engine/library-stats.ts'
import { snapshotsOf } from '../engine/view.ts'
import { planGuardedDeletion } from './guarded-deletion.ts'
import { archiveAdvice, costOf, LIST_PRICES } from './money.ts'
import { binOf } from './recycle-bin.ts'

/** What the account that asks pays in a month, and for what. */
export function costReport(context: Context, { snapshotIds }: Input<'reportCost'>): CostReport {
  const { library, jobs } = context
  const prices = pricesOf(library)
  const { account } = library
  const completed = snapshotsOf(library, jobs).filter(
    ({ state, ownerId }) => state === 'completed' && ownerId === account,
  )
  return {
    prices,
    stored: costOf(storedBlocksOf(library) * BLOCK_BYTES, prices.standard),
    binned: costOf(
      binOf(library).reduce((sum, { storedHereBytes }) => sum + storedHereBytes, 0),
      prices.standard,
    ),
    snapshots: completed.map((snapshot) => ({
      snapshotId: snapshot.snapshotId,
      charged: costOf(snapshot.storedHereBytes, prices.standard),
      fairShare: costOf(snapshot.fairShareBytes, prices.standard),
      archiving: archiveAdvice(uniqueBytesOf(snapshot), snapshot.fullBytes, prices),
    })),
    deletionSaves:
      snapshotIds.length === 0
        ? null
        : costOf(savedBy(planGuardedDeletion(context, { snapshotIds })), prices.standard),
  }
}

/** Nobody is charged for what volumes have still to load. */
function savedBy({ releasedNowBytes, heldBytes, binned }: DeletionPlan): number {
  return releasedNowBytes + (binned.length === 0 ? heldBytes : 0)
}

function uniqueBytesOf({ releasedIfDeletedBytes, heldIfDeletedBytes }: Snapshot): number {
  return releasedIfDeletedBytes + heldIfDeletedBytes
}

/** What keeping `bytes`, or no longer keeping them, is worth a month. */
export function costOfStorage(
  { library }: Context,
  { bytes }: Input<'costOfStorage'>,
): StorageCost {
  const prices = pricesOf(library)
  return { prices, cost: costOf(bytes, prices.standard) }
}

function pricesOf(library: Library): PriceTable {
  return library.prices.read() ?? LIST_PRICES
}

/** Keeps other prices than the list's, in the library. */
export function setPrices({ library, clock }: Context, prices: Input<'setPrices'>): PriceTable {
  library.change(() => {
    library.prices.write(prices)
    library.history.add({
      at: clock(),
      title: `Wrote down the prices of ${prices.source}`,
      command: commandOf('prices', 'set', 'prices.json'),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
  return prices
}
