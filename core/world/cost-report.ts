import type { Input } from '../contract/calls.ts'
import { type FastRestore, isFastRestoreOn } from '../contract/fast-restore.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { Snapshot } from '../contract/model.ts'
import type {
  CostReport,
  DeletionSaving,
  Money,
  PriceTable,
  SnapshotCost,
} from '../contract/money.ts'
import type { Tiering } from '../contract/tiering.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { keptBlocksOf } from '../engine/archived-data.ts'
import type { Context } from '../engine/context.ts'
import { planDeletion } from '../engine/delete-snapshots.ts'
import type { Library } from '../engine/library.ts'
import { storedBlocksOf } from '../engine/library-stats.ts'
import { toldChange } from '../engine/told-change.ts'
import { snapshotsOf } from '../engine/view.ts'
import { fastRestoresOf } from './fast-restore.ts'
import { planGuardedDeletion } from './guarded-deletion.ts'
import {
  archiveAdvice,
  billedHours,
  costOf,
  earlyDeletionCost,
  fastRestoreCost,
  LIST_PRICES,
  MONTH_HOURS,
} from './money.ts'
import { binOf } from './recycle-bin.ts'

/** What the account that asks pays in a month, and for what. */
export function costReport(context: Context, { snapshotIds }: Input<'reportCost'>): CostReport {
  const { library, jobs, clock } = context
  const prices = pricesOf(library)
  const { account } = library
  const completed = snapshotsOf(library, jobs).filter(
    ({ state, ownerId }) => state === 'completed' && ownerId === account,
  )
  const binned = binnedBytes(library)
  const inArchive = completed.reduce(
    (sum, { tiering }) => sum + archivedBytesOf(tiering),
    binned.archive,
  )
  const archivedRoots = completed
    .filter(isArchived)
    .reduce((sum, { fullBytes }) => sum + fullBytes, binned.archivedRoots)
  return {
    prices,
    stored: costOf(storedBlocksOf(library) * BLOCK_BYTES - archivedRoots, prices.standard),
    archived: costOf(inArchive, prices.archive),
    binned: costInTiers(binned.standard, binned.archive, prices),
    ...fastRestoresCost(fastRestoresOf(context), prices, clock()),
    snapshots: completed.map((snapshot) => snapshotCost(snapshot, prices, clock())),
    deletionSaves:
      snapshotIds.length === 0 ? null : deletionSaving(context, { snapshotIds }).atOnce,
  }
}

/** The Recycle Bin changes no tier: what is restored for some days is in both. */
function binnedBytes(library: Library) {
  const rows = library.snapshotRows()
  const kept = keptBlocksOf(library)
  const bytes = { standard: 0, archive: 0, archivedRoots: 0 }
  for (const { snapshotId, storedHereBytes } of binOf(library)) {
    if (rows.get(snapshotId)!.tier === 'archive') bytes.archivedRoots += storedHereBytes
    else bytes.standard += storedHereBytes
    bytes.archive += (kept.get(snapshotId) ?? 0) * BLOCK_BYTES
  }
  return { ...bytes, archive: bytes.archive + bytes.archivedRoots }
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

function snapshotCost(snapshot: Snapshot, prices: PriceTable, now: number): SnapshotCost {
  const { snapshotId, fullBytes, storedHereBytes, fairShareBytes, tiering } = snapshot
  const price = isArchived(snapshot) ? prices.archive : prices.standard
  const archivedAt = tiering?.archivedAt ?? null
  return {
    snapshotId,
    charged: costOf(storedHereBytes, price),
    fairShare: costOf(fairShareBytes, price),
    archiving:
      archivedAt === null ? archiveAdvice(uniqueBytesOf(snapshot), fullBytes, prices) : null,
    earlyDeletion:
      archivedAt === null
        ? null
        : earlyDeletionCost(archivedBytesOf(tiering), now - archivedAt, prices),
  }
}

/** What deleting these together saves a month: at once, and when nothing of it is in the bin any more. */
export function deletionSaving(
  context: Context,
  { snapshotIds }: Input<'deletionSaving'>,
): DeletionSaving {
  const { library } = context
  const prices = pricesOf(library)
  const plan = planGuardedDeletion(context, { snapshotIds })
  const { releasedBytes, releasedNowBytes, heldBytes, binned } = plan
  const kept = new Set(binned.map(({ snapshotId }) => snapshotId))
  const now = plan.snapshotIds.filter((id) => !kept.has(id))
  // Nobody is charged for what volumes have still to load.
  const nowBytes = releasedNowBytes + (binned.length === 0 ? heldBytes : 0)
  return {
    prices,
    atOnce: savingOf(library, now, nowBytes, prices),
    inTheEnd: savingOf(library, plan.snapshotIds, releasedBytes + heldBytes, prices),
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
  return costInTiers(bytes - rootBytes, rootBytes + keptBytes, prices)
}

/** What is archived is paid at its own price. */
function costInTiers(standardBytes: number, archivedBytes: number, prices: PriceTable): Money {
  const standard = costOf(standardBytes, prices.standard)
  if (archivedBytes === 0) return standard
  const archive = costOf(archivedBytes, prices.archive)
  return {
    amount: standard.amount + archive.amount,
    formula: `${standard.formula}; archived ${archive.formula}`,
  }
}

const isArchived = ({ tiering }: Snapshot) => tiering?.tier === 'archive'

function archivedBytesOf(tiering: Tiering | null): number {
  return tiering === null || tiering.archivedAt === null ? 0 : tiering.archivedBytes
}

function uniqueBytesOf({ releasedIfDeletedBytes, heldIfDeletedBytes }: Snapshot): number {
  return releasedIfDeletedBytes + heldIfDeletedBytes
}

function pricesOf(library: Library): PriceTable {
  return library.prices.read() ?? LIST_PRICES
}

/** Keeps other prices than the list's, in the library. */
export function setPrices({ library, clock }: Context, prices: Input<'setPrices'>): PriceTable {
  toldChange(
    { library, clock },
    {
      title: `Wrote down the prices of ${prices.source}`,
      command: ['prices', 'set', 'prices.json'],
    },
    () => {
      library.prices.write(prices)
    },
  )
  return prices
}
