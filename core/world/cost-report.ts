import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import { type FastRestore, isFastRestoreOn } from '../contract/fast-restore.ts'
import type { RegionName } from '../contract/ids.ts'
import type { Snapshot } from '../contract/model.ts'
import type { CostReport, Money, PriceTable, SnapshotCost } from '../contract/money.ts'
import { ownSnapshots } from '../engine/access.ts'
import type { Context } from '../engine/context.ts'
import { snapshotsOf } from '../engine/view.ts'
import { savingAt } from './deletion-saving.ts'
import { fastRestoresOf } from './fast-restore.ts'
import { shown } from './fast-restore-states.ts'
import { archiveAdvice, billedHours, costOf, fastRestoreCost, MONTH_HOURS, sumOf } from './money.ts'
import { pricesOf } from './prices.ts'
import { binOf } from './recycle-bin.ts'
import { costInTiers, type Tiers, tiersIn } from './tiered-cost.ts'

/** What the account that asks pays in a month, and for what; of what is deleted, wherever it lies. */
export function costReport(
  context: Context,
  { snapshotIds, region }: Input<'reportCost'>,
): CostReport {
  const { library, jobs, clock } = context
  const prices = pricesOf(library)
  const { account } = library
  const isAsked = (item: { readonly region: RegionName }) => item.region === (region ?? item.region)
  const completed = snapshotsOf(library, jobs).filter(
    (each) => each.state === 'completed' && each.ownerId === account && isAsked(each),
  )
  const tiers = tiersIn(library)
  const own = tiers.tiersOf(ownSnapshots(library).filter(isAsked))
  const rows = library.snapshotRows()
  const isOfAsked = ({ snapshotId }: FastRestore) => isAsked(rows.get(snapshotId)!)
  const binned = binOf(library).filter(isAsked)
  const fastRestores = fastRestoresOf(context).filter(isOfAsked)
  const everybodys = library.fastRestores.all().map((row) => shown(row, clock()))
  return {
    prices,
    library: billOf(
      tiers.tiersOf([...rows.values()].filter(isAsked)),
      everybodys.filter(isOfAsked),
      prices,
    ),
    account: billOf(own, fastRestores, prices),
    stored: costOf(own.standard, prices.standard),
    archived: costOf(own.archive, prices.archive),
    binned: costInTiers(
      tiers.tiersOf(binned.map(({ snapshotId }) => rows.get(snapshotId)!)),
      prices,
    ),
    ...fastRestoresCost(fastRestores, prices, clock()),
    snapshots: completed.map((snapshot) =>
      snapshotCost(snapshot, library.snapshotRow(snapshot.snapshotId), tiers, prices, clock()),
    ),
    deletion: snapshotIds.length === 0 ? null : savingAt(prices, context, { snapshotIds }),
  }
}

type TiersIn = ReturnType<typeof tiersIn>

/** A month of both tiers, and of fast snapshot restore where it is on. */
function billOf(tiers: Tiers, fastRestores: readonly FastRestore[], prices: PriceTable): Money {
  const storage = costInTiers(tiers, prices)
  const on = fastRestores.filter(isFastRestoreOn).length
  if (on === 0) return storage
  const fast = fastRestoreCost(on, MONTH_HOURS, prices)
  return sumOf([storage, { ...fast, formula: `fast restore ${fast.formula}` }])
}

function fastRestoresCost(
  all: readonly FastRestore[],
  prices: PriceTable,
  now: number,
): Pick<CostReport, 'fastRestore' | 'fastRestores'> {
  return {
    fastRestore: fastRestoreCost(all.filter(isFastRestoreOn).length, MONTH_HOURS, prices),
    fastRestores: all.map((each) => ({
      snapshotId: each.snapshotId,
      month: fastRestoreCost(Number(isFastRestoreOn(each)), MONTH_HOURS, prices),
      soFar: fastRestoreCost(1, hoursOf(each, now), prices),
    })),
  }
}

function hoursOf({ enabledAt, disabledAt }: FastRestore, now: number): number {
  return enabledAt === null ? 0 : billedHours((disabledAt ?? now) - enabledAt)
}

function snapshotCost(
  { snapshotId, fullBytes, fairShareBytes, tiering, ...snapshot }: Snapshot,
  row: SnapshotRow,
  { tiersOf, earlyDeletion }: TiersIn,
  prices: PriceTable,
  now: number,
): SnapshotCost {
  const charged = tiersOf([row])
  const isArchived = row.tier === 'archive'
  // What lies in the archive is shared with nobody.
  const share = isArchived ? charged : { ...charged, standard: fairShareBytes }
  const uniqueBytes = snapshot.releasedIfDeletedBytes + snapshot.heldIfDeletedBytes
  return {
    snapshotId,
    charged: costInTiers(charged, prices),
    fairShare: costInTiers(share, prices),
    archiving:
      (tiering?.archivedAt ?? null) === null ? archiveAdvice(uniqueBytes, fullBytes, prices) : null,
    retrieval: isArchived ? costOf(fullBytes, prices.archiveRetrieval) : null,
    earlyDeletion: earlyDeletion([row], prices, now),
  }
}
