import { z } from 'zod'
import { Instant, SnapshotId, VolumeId } from './ids.ts'
import { LockMode, SnapshotLock } from './locks.ts'
import { MAX_TAGS, Tag } from './tags.ts'

/** What can have tags. */
const Tagged = z.union([SnapshotId, VolumeId])

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
  /** Each takes the place of the tag with its key. @returns all that it has then */
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
  /** @returns the lock that was taken away */
  unlockSnapshot: { input: ofSnapshot, output: SnapshotLock },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
