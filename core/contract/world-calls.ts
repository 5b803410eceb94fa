import { z } from 'zod'
import { accountCalls } from './account-calls.ts'
import { encryptionWish, MAX_SELECTED, rawText } from './call-parts.ts'
import { DescribedSnapshots } from './described-snapshot.ts'
import { EventQuery } from './event-query.ts'
import { fastRestoreCalls } from './fast-restore-calls.ts'
import { JobId, RegionName, SnapshotId } from './ids.ts'
import { imageCalls } from './image-calls.ts'
import { instanceCalls } from './instance-calls.ts'
import { keepingCalls } from './keeping-calls.ts'
import { keyCalls } from './key-calls.ts'
import { loadingCalls } from './loading-calls.ts'
import { Region, Snapshot } from './model.ts'
import { CostReport, DeletionSaving, PriceTable } from './money.ts'
import { policyCalls } from './policy-calls.ts'
import { CopyPlan } from './results.ts'
import { sharingCalls } from './sharing-calls.ts'
import { WorldEvent } from './world-events.ts'

const MAX_WAIT_MS = 7 * 86_400_000

/** Within how many minutes a copy is to be there. Default: as soon as it is. */
const completionMinutes = z.int().optional()

/** Requests of the world around snapshots: accounts, regions, copies, events, costs. */
export const worldCalls = {
  ...keyCalls,

  ...keepingCalls,
  ...fastRestoreCalls,
  ...policyCalls,
  ...accountCalls,
  ...instanceCalls,
  ...imageCalls,
  ...loadingCalls,
  ...sharingCalls,

  /** What a copy to a region would transfer. Changes nothing. */
  planCopy: {
    input: z.strictObject({
      snapshotId: SnapshotId,
      region: RegionName,
      completionMinutes,
      ...encryptionWish,
    }),
    output: CopyPlan,
  },
  /**
   * A snapshot of its own in that region, which stays when the source goes. Of a source that is
   * missing or not completed the copy fails, as in EBS: the request does not.
   */
  copySnapshot: {
    input: z.strictObject({
      snapshotId: SnapshotId,
      region: RegionName,
      completionMinutes,
      name: rawText.optional(),
      description: rawText.optional(),
      ...encryptionWish,
    }),
    output: z.strictObject({ jobId: JobId, snapshotId: SnapshotId }),
  },
  listRegions: { input: z.strictObject({}), output: z.array(Region) },
  addRegion: { input: z.strictObject({ name: rawText }), output: Region },
  /** Where new volumes are made from now on. */
  useRegion: { input: z.strictObject({ name: rawText }), output: Region },

  /** Oldest first. */
  listEvents: { input: EventQuery, output: z.array(WorldEvent) },
  /** As EC2 would tell them: these, wherever they are, or all. */
  describeSnapshots: {
    input: z.strictObject({ snapshotIds: z.array(SnapshotId).max(MAX_SELECTED).optional() }),
    output: DescribedSnapshots,
  },

  /** As EC2's waiter `SnapshotCompleted`. @throws StrataError SNAPSHOT_FAILED, WAITED_TOO_LONG */
  awaitSnapshot: {
    input: z.strictObject({
      snapshotId: SnapshotId,
      /** Milliseconds; default: ten minutes. */
      timeoutMs: z.int().nonnegative().max(MAX_WAIT_MS).optional(),
    }),
    output: Snapshot,
  },

  /** Costs a month, in one region or in all; with snapshots also what deleting these together would save. */
  reportCost: {
    input: z.strictObject({
      snapshotIds: z.array(SnapshotId).max(MAX_SELECTED),
      region: RegionName.optional(),
    }),
    output: CostReport,
  },
  /** Of these together, a month. */
  deletionSaving: {
    input: z.strictObject({ snapshotIds: z.array(SnapshotId).min(1).max(MAX_SELECTED) }),
    output: DeletionSaving,
  },
  setPrices: { input: PriceTable, output: PriceTable },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
