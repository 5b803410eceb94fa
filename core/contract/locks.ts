import { z } from 'zod'
import { Instant } from './ids.ts'

export const LockMode = z.enum(['governance', 'compliance'])
export type LockMode = z.infer<typeof LockMode>

export const LockState = z.enum(['governance', 'compliance-cooloff', 'compliance', 'expired'])
export type LockState = z.infer<typeof LockState>

/** As in EC2: a hundred years. */
export const MAX_LOCK_DAYS = 36_500
/** Hours in which a compliance lock can still be taken back. */
export const MAX_COOL_OFF_HOURS = 72

/** What keeps a snapshot from being deleted until a day. It stays listed when that has passed. */
export const SnapshotLock = z.strictObject({
  mode: LockMode,
  lockedAt: Instant,
  /** When its days begin to count; null while the snapshot is pending. */
  startsAt: Instant.nullable(),
  /** null while the snapshot is pending and the lock was given in days. */
  expiresAt: Instant.nullable(),
  /** Until then a compliance lock can be taken back; null: it never could. */
  coolOffUntil: Instant.nullable(),
})
export type SnapshotLock = z.infer<typeof SnapshotLock>

/** @param now milliseconds since 1970, UTC */
export function lockStateOf(lock: SnapshotLock, now: number): LockState {
  if (lock.expiresAt !== null && lock.expiresAt <= now) return 'expired'
  if (lock.mode === 'governance') return 'governance'
  return lock.coolOffUntil !== null && now < lock.coolOffUntil ? 'compliance-cooloff' : 'compliance'
}
