import { z } from 'zod'
import { Instant, SnapshotId } from './ids.ts'

const GIB = 2 ** 30
const HOUR_MS = 3_600_000

/** Snapshots of one account in one region: what EBS starts with. */
export const MAX_FAST_RESTORES = 5
/** Larger snapshots are never restored fast. */
export const MAX_FAST_RESTORE_BYTES = 2 ** 44

export const FastRestoreState = z.enum([
  'enabling',
  'optimizing',
  'enabled',
  'disabling',
  'disabled',
])
export type FastRestoreState = z.infer<typeof FastRestoreState>

/** Fast snapshot restore of one snapshot, for the account that asks. */
export const FastRestore = z.strictObject({
  snapshotId: SnapshotId,
  /** Where volumes are made fast: a region is one zone here. */
  zone: z.string(),
  state: FastRestoreState,
  /** Why it came to that, as EBS words it. */
  reason: z.string(),
  enablingAt: Instant,
  optimizingAt: Instant.nullable(),
  enabledAt: Instant.nullable(),
  disablingAt: Instant.nullable(),
  disabledAt: Instant.nullable(),
  /** When it comes to the next state by itself; null: it stays as it is. */
  nextStateAt: Instant.nullable(),
  /** How many volumes can be made fast, as of `countedAt`: a part of one makes none. */
  credits: z.number().nonnegative(),
  countedAt: Instant,
  maxCredits: z.number().positive(),
  creditsPerHour: z.number().positive(),
})
export type FastRestore = z.infer<typeof FastRestore>

/** It is to make volumes fast, or does. */
export const isFastRestoreOn = ({ state }: { state: FastRestoreState }) =>
  state === 'enabling' || state === 'optimizing' || state === 'enabled'

/** Credits that a snapshot gets in an hour. @param sizeBytes of its volume, not what it holds */
export function creditsPerHourOf(sizeBytes: number): number {
  return Math.min(10, 1_024 / (sizeBytes / GIB))
}

/** Credits that a snapshot can have at the most. @param sizeBytes of its volume */
export function maxCreditsOf(sizeBytes: number): number {
  return Math.max(1, creditsPerHourOf(sizeBytes))
}

/** Credits at a later moment, if none is spent meanwhile. @param at milliseconds since 1970, UTC */
export function creditsAt(
  {
    state,
    credits,
    countedAt,
    maxCredits,
    creditsPerHour,
  }: Pick<FastRestore, 'state' | 'credits' | 'countedAt' | 'maxCredits' | 'creditsPerHour'>,
  at: number,
): number {
  if (state !== 'enabled') return 0
  // A clock that was set back takes none away.
  const elapsedMs = Math.max(0, at - countedAt)
  return Math.min(maxCredits, credits + (elapsedMs * creditsPerHour) / HOUR_MS)
}
