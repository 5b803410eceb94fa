import { z } from 'zod'
import { Bytes, SnapshotId } from './ids.ts'

const price = z.number().nonnegative().max(1_000_000)

/** What a provider asks. Data, not code: it is kept in the library and can be changed. */
export const PriceTable = z.strictObject({
  /** Three letters, as in ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** The day on which they were written down. */
  writtenDown: z.iso.date(),
  /** Whose prices they are. */
  source: z.string().min(1).max(255),
  /** Standard tier, for a GiB and month. */
  standard: price,
  /** Archive tier, for a GiB and month. */
  archive: price,
  /** Taking a GiB out of the archive, once. */
  archiveRetrieval: price,
  /** Fast snapshot restore of one snapshot in one zone, for an hour. */
  fastRestore: price,
})
export type PriceTable = z.infer<typeof PriceTable>

/** AWS's list prices in us-east-1, until somebody writes down others. */
export const LIST_PRICES: PriceTable = {
  currency: 'USD',
  writtenDown: '2026-11-22',
  source: 'AWS list prices for snapshots, us-east-1',
  standard: 0.05,
  archive: 0.0125,
  archiveRetrieval: 0.03,
  fastRestore: 0.75,
}

/** An amount and how it comes about: `16 GiB x 0.05 = 0.80`. */
export const Money = z.strictObject({ amount: z.number(), formula: z.string() })
export type Money = z.infer<typeof Money>

const Saving = z.strictObject({
  /** With what volumes have still to load: nobody is charged for that. Not where some go to the bin. */
  atOnce: Money,
  /** When what goes to the Recycle Bin has left it. */
  inTheEnd: Money,
  /** Asked once, if it left the archive now: the rest of the 90 days; null: nothing is archived. */
  earlyDeletion: Money.nullable(),
})

/** What a deletion saves a month, and by which prices. */
export const DeletionSaving = z.strictObject({ prices: PriceTable, ...Saving.shape })
export type DeletionSaving = z.infer<typeof DeletionSaving>

/** What archiving one snapshot would change in a month, by the rule of EBS. */
export const ArchiveAdvice = z.strictObject({
  /** Blocks that only it reads leave the standard tier. */
  leavesStandardBytes: Bytes,
  /** An archived snapshot is kept whole. */
  archivedBytes: Bytes,
  /** Below zero: it saves. */
  monthlyChange: Money,
  pays: z.boolean(),
})
export type ArchiveAdvice = z.infer<typeof ArchiveAdvice>

export const SnapshotCost = z.strictObject({
  snapshotId: SnapshotId,
  /**
   * For what is stored here, in both tiers: how a provider charges. With what is charged for the
   * Recycle Bin it sums to stored and archived.
   */
  charged: Money,
  /** Each block divided among those that read it. Sums to the same. */
  fairShare: Money,
  /** null: it is archived. */
  archiving: ArchiveAdvice.nullable(),
  /** Once, to restore it from the archive; null: it is not in that tier. */
  retrieval: Money.nullable(),
  /** Once, if it left the archive now: the rest of the 90 days; null: it is not archived. */
  earlyDeletion: Money.nullable(),
})
export type SnapshotCost = z.infer<typeof SnapshotCost>

/** What fast snapshot restore of one snapshot costs. */
export const FastRestoreCost = z.strictObject({
  snapshotId: SnapshotId,
  /** If it stays on for a month; 0 where it is off. */
  month: Money,
  /** Since it was enabled last: by the minute, an hour at the least; 0 before. */
  soFar: Money,
})
export type FastRestoreCost = z.infer<typeof FastRestoreCost>

/** Costs a month of the account that asks, in the currency of the prices. */
export const CostReport = z.strictObject({
  prices: PriceTable,
  /** The whole library: storage in both tiers and fast snapshot restore, of all accounts. */
  library: Money,
  /** The same of the account that asks: the sum of what follows, but for the Recycle Bin. */
  account: Money,
  /** Of the standard tier. */
  stored: Money,
  archived: Money,
  /** Of both, what lies in the Recycle Bin; the rest is charged to the snapshots. */
  binned: Money,
  /** Of all snapshots for which fast snapshot restore is on. */
  fastRestore: Money,
  fastRestores: z.array(FastRestoreCost),
  snapshots: z.array(SnapshotCost),
  /** What deleting those that were asked for together saves; null for none. */
  deletion: Saving.nullable(),
})
export type CostReport = z.infer<typeof CostReport>
