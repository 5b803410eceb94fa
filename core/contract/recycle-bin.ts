import { z } from 'zod'
import { AccountId } from './account.ts'
import { Bytes, Instant, RegionName, RuleId, SnapshotId, VolumeId } from './ids.ts'
import { Tag } from './tags.ts'

/** As in EBS: a year. */
export const MAX_RETENTION_DAYS = 365
/** Of one account in one region. */
export const MAX_RULES = 250
export const MAX_RULE_TAGS = 50
export const MAX_EXCLUDED_TAGS = 5

/** Deleted snapshots that match go to the Recycle Bin instead, for so many days. */
export const RetentionRule = z.strictObject({
  ruleId: RuleId,
  accountId: AccountId,
  region: RegionName,
  days: z.int().min(1).max(MAX_RETENTION_DAYS),
  /** Snapshots with one of these; none: all of the region. */
  tags: z.array(Tag),
  /** Of a rule for the whole region: but not snapshots with one of these. */
  excludedTags: z.array(Tag),
})
export type RetentionRule = z.infer<typeof RetentionRule>

/** A snapshot in the Recycle Bin: it can be recovered, and nothing else. */
export const BinnedSnapshot = z.strictObject({
  snapshotId: SnapshotId,
  /** EC2's word for what a Recycle Bin holds. */
  state: z.literal('recoverable'),
  name: z.string(),
  description: z.string(),
  volumeId: VolumeId,
  ownerId: AccountId,
  region: RegionName,
  startedAt: Instant,
  enteredAt: Instant,
  /** When it is deleted for good. */
  exitsAt: Instant,
  fullBytes: Bytes,
  /** What it is charged for until then. */
  storedHereBytes: Bytes,
  /** What comes back then, if nothing else changes. */
  releasedAtExitBytes: Bytes,
})
export type BinnedSnapshot = z.infer<typeof BinnedSnapshot>
