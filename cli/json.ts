import { z } from 'zod'
import { Account } from '../core/contract/account.ts'
import { Deletion, DeletionPlan } from '../core/contract/deletion.ts'
import { DescribedSnapshot } from '../core/contract/described-snapshot.ts'
import { FastRestore } from '../core/contract/fast-restore.ts'
import { Bytes, DeletionId, Instant, RegionName, SnapshotId } from '../core/contract/ids.ts'
import { VolumeStatus } from '../core/contract/loading.ts'
import { LockState, SnapshotLock } from '../core/contract/locks.ts'
import {
  HistoryStep,
  LibraryStats,
  Region,
  Remnant,
  Snapshot,
  Volume,
} from '../core/contract/model.ts'
import { CostReport, PriceTable } from '../core/contract/money.ts'
import { BinnedSnapshot, RetentionRule } from '../core/contract/recycle-bin.ts'
import {
  BlockDiff,
  CopyPlan,
  ReclaimResult,
  RestoreResult,
  VerifyResult,
} from '../core/contract/results.ts'
import { PublicAccess, SnapshotPermissions } from '../core/contract/sharing.ts'
import { Tag } from '../core/contract/tags.ts'
import { StorageTier, Tiering, TieringStatus } from '../core/contract/tiering.ts'
import { WireError } from '../core/contract/wire-error.ts'
import { EventJson, EventListJson } from './event-json.ts'
import { imageDocuments } from './image-json.ts'
import { keyDocuments } from './key-json.ts'
import { policyDocuments } from './policy-json.ts'
import { RecoveryKeyJson } from './recovery-key-json.ts'

/*
 * The public JSON of the command line. What is printed is what these schemas let through, so that
 * a field that the engine gains does not become public by accident. Fields are only ever added.
 */

export const VolumeJson = open(Volume)
export const VolumeListJson = z.object({ volumes: z.array(VolumeJson) })

export const VolumeStatusJson = open(VolumeStatus)
export const ReadJson = z.object({ bytesWritten: Bytes })

export const SnapshotJson = open(Snapshot)
export const SnapshotListJson = z.object({
  /** Oldest first. */
  snapshots: z.array(SnapshotJson),
  /** Deleted snapshots whose blocks others still read, or that can still be undone. */
  remnants: z.array(open(Remnant)),
  storedBytes: Bytes,
  physicalBytes: Bytes,
})

const DescribedSnapshotJson = z.object({ ...DescribedSnapshot.shape, VolumeId: z.string() })
export const DescribedSnapshotsJson = z.object({ Snapshots: z.array(DescribedSnapshotJson) })

/** One snapshot, what was switched on for it, and what EC2 would tell of it. */
export const SnapshotFactsJson = z.object({
  ...Snapshot.shape,
  fastRestore: open(FastRestore).nullable(),
  described: DescribedSnapshotJson,
})
export const FastRestoreJson = open(FastRestore)

export const LockJson = z.object({
  snapshotId: SnapshotId,
  ...SnapshotLock.shape,
  state: LockState,
})

export const TagListJson = z.object({ resourceId: z.string(), tags: z.array(open(Tag)) })

export const TierJson = z.object({ snapshotId: SnapshotId, movedBytes: Bytes, ...Tiering.shape })
export const TierStatusJson = z.object({
  SnapshotTierStatuses: z.array(
    z.object({
      SnapshotId,
      VolumeId: z.string(),
      Status: z.string(),
      OwnerId: z.string(),
      StorageTier,
      Tags: DescribedSnapshot.shape.Tags,
      LastTieringOperationStatus: TieringStatus.optional(),
      LastTieringStartTime: z.iso.datetime().optional(),
      LastTieringProgress: z.int().optional(),
      ArchivalCompleteTime: z.iso.datetime().optional(),
      RestoreExpiryTime: z.iso.datetime().optional(),
    }),
  ),
})
export const BinJson = z.object({ snapshots: z.array(open(BinnedSnapshot)) })
export const RuleJson = open(RetentionRule)
export const RuleListJson = z.object({ rules: z.array(RuleJson) })

export const RegionJson = open(Region)
export const RegionListJson = z.object({
  /** Oldest first. */
  regions: z.array(RegionJson),
})

export const AccountJson = open(Account)
export const AccountListJson = z.object({
  /** Oldest first. */
  accounts: z.array(AccountJson),
})

export const PermissionsJson = open(SnapshotPermissions)
export const PublicAccessJson = open(PublicAccess)

export const CopyPlanJson = z.object({
  copiedFrom: SnapshotId,
  region: RegionName,
  ...CopyPlan.shape,
})
export const CopyJson = z.object({
  snapshotId: SnapshotId,
  ...CopyPlanJson.shape,
  /** The copy. */
  snapshot: SnapshotJson,
})

export const DeletionPlanJson = z.object({
  ...DeletionPlan.shape,
  /** The next copy to their region is full once they are gone. */
  newestCopyIds: z.array(SnapshotId),
})
export const DeletionJson = z.object({
  ...DeletionPlanJson.shape,
  deletionId: DeletionId,
  /** null: it cannot be undone. */
  undoableUntil: Instant.nullable(),
  /** Given back to the file system by this command; null with `--undoable`, or when that failed. */
  reclaimedBytes: Bytes.nullable(),
})
export const UndoneJson = open(Deletion)

export const DiffJson = open(BlockDiff)
export const RestoreJson = open(RestoreResult)
export const VerifyJson = open(VerifyResult)
export const ReclaimJson = open(ReclaimResult)
export const LibraryJson = z.object({ ...LibraryStats.shape, ...RegionListJson.shape })
/** Of one region where one was named: all but `deletion`, which is of the snapshots named. */
export const CostJson = z.object({ region: RegionName.nullable(), ...CostReport.shape })
export const PricesJson = open(PriceTable)
export const HistoryJson = z.object({ steps: z.array(open(HistoryStep)) })

export const DemoJson = z.object({
  ...SnapshotListJson.shape,
  /** What each set of the snapshots would give back if it were deleted together. */
  deletions: z.array(
    z.object({
      names: z.array(z.string()).min(1),
      releasedBytes: Bytes,
      singleSumBytes: Bytes,
      surplusBytes: Bytes,
    }),
  ),
})

export const ErrorJson = z.object({ error: open(WireError) })

/** Every document that a command prints, by the name that the documents give it. */
export const documents = {
  volume: VolumeJson,
  'volume list': VolumeListJson,
  'volume status': VolumeStatusJson,
  read: ReadJson,
  snapshot: SnapshotFactsJson,
  'fast restore': FastRestoreJson,
  'snapshot list': SnapshotListJson,
  'copy plan': CopyPlanJson,
  copy: CopyJson,
  lock: LockJson,
  'tag list': TagListJson,
  ...imageDocuments,
  tier: TierJson,
  'tier status list': TierStatusJson,
  bin: BinJson,
  'retention rule': RuleJson,
  'retention rule list': RuleListJson,
  ...policyDocuments,
  region: RegionJson,
  'region list': RegionListJson,
  account: AccountJson,
  'account list': AccountListJson,
  ...keyDocuments,
  'recovery key': RecoveryKeyJson,
  permissions: PermissionsJson,
  'public access': PublicAccessJson,
  'deletion plan': DeletionPlanJson,
  deletion: DeletionJson,
  'undone deletion': UndoneJson,
  diff: DiffJson,
  restore: RestoreJson,
  verification: VerifyJson,
  reclaim: ReclaimJson,
  library: LibraryJson,
  cost: CostJson,
  prices: PricesJson,
  history: HistoryJson,
  event: EventJson,
  'event list': EventListJson,
  'described snapshots': DescribedSnapshotsJson,
  demo: DemoJson,
  error: ErrorJson,
} satisfies Record<string, z.ZodType>

/** The same object, but dropping keys that it does not name instead of refusing them. */
function open<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  return z.object(schema.shape)
}
