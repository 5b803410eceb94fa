import { z } from 'zod'
import { Instant, SnapshotId } from './ids.ts'
import { LockMode, SnapshotLock } from './locks.ts'

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
  /** @returns the lock that was taken away */
  unlockSnapshot: { input: ofSnapshot, output: SnapshotLock },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
