import { z } from 'zod'
import { started } from './call-parts.ts'
import { ImageId, Instant, RuleId, SnapshotId, VolumeId } from './ids.ts'
import { LockMode, SnapshotLock } from './locks.ts'
import { Snapshot } from './model.ts'
import { BinnedSnapshot, RetentionRule } from './recycle-bin.ts'
import { MAX_TAGS, Tag } from './tags.ts'

/** What can have tags: what is one's own, and what others share or let one launch. */
const Tagged = z.union([SnapshotId, VolumeId, ImageId])

const ofSnapshot = z.strictObject({ snapshotId: SnapshotId })

/** Requests of what keeps snapshots. */
export const keepingCalls = {
  /** Locks a snapshot, or changes its lock. Either `days` or `expiresAt`. */
  lockSnapshot: {
    input: z.strictObject({
      snapshotId: SnapshotId,
      mode: LockMode,
      days: z.int().optional(),
      expiresAt: Instant.optional(),
      /** Of a compliance lock alone. */
      coolOffHours: z.int().optional(),
    }),
    output: SnapshotLock,
  },
  /** Each takes the place of the account's tag with its key. @returns all of its tags on it then */
  setTags: {
    input: z.strictObject({ resourceId: Tagged, tags: z.array(Tag).min(1).max(MAX_TAGS) }),
    output: z.array(Tag),
  },
  removeTags: {
    input: z.strictObject({
      resourceId: Tagged,
      keys: z.array(z.string()).min(1).max(MAX_TAGS),
    }),
    output: z.array(Tag),
  },

  /** Those of the account that asks, in all regions. */
  listRetentionRules: { input: z.strictObject({}), output: z.array(RetentionRule) },
  /** For the account that asks and the region that it works in. */
  addRetentionRule: {
    input: z.strictObject({
      days: z.int(),
      tags: z.array(Tag),
      excludedTags: z.array(Tag),
    }),
    output: RetentionRule,
  },
  /** What is in the bin stays in it. @returns the rule that was removed */
  removeRetentionRule: { input: z.strictObject({ ruleId: RuleId }), output: RetentionRule },
  /** What the account that asks has in the bin, the next to go first. */
  listBin: { input: z.strictObject({}), output: z.array(BinnedSnapshot) },
  /** Another name, where its own was given away meanwhile. */
  recoverSnapshot: { input: ofSnapshot, output: Snapshot },

  /** Moves it to the archive tier, whole: it cannot be used there. */
  archiveSnapshot: { input: ofSnapshot, output: started },
  /** Out of the archive: with `days` for so many, else for good. */
  restoreTier: {
    input: z.strictObject({ snapshotId: SnapshotId, days: z.int().optional() }),
    output: started,
  },

  /** @returns the lock that was taken away */
  unlockSnapshot: { input: ofSnapshot, output: SnapshotLock },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
