import { z } from 'zod'
import { Bytes, Instant } from './ids.ts'

export const StorageTier = z.enum(['standard', 'archive'])
export type StorageTier = z.infer<typeof StorageTier>

export const TieringStatus = z.enum([
  'archival-in-progress',
  'archival-completed',
  'archival-failed',
  'temporary-restore-in-progress',
  'temporary-restore-completed',
  'temporary-restore-failed',
  'permanent-restore-in-progress',
  'permanent-restore-completed',
  'permanent-restore-failed',
])
export type TieringStatus = z.infer<typeof TieringStatus>

/** What can be done to change the tier of a snapshot. */
export type TieringWork = 'archival' | 'temporary-restore' | 'permanent-restore'

/** As in EBS: who takes it out of the archive before pays for the rest all the same. */
export const MIN_ARCHIVE_DAYS = 90
export const MAX_RESTORE_DAYS = 180
/** Archived snapshots of one volume. */
export const MAX_ARCHIVED = 25

/** Where a snapshot that was ever archived lies, and what was done last to change that. */
export const Tiering = z.strictObject({
  /** archive: it cannot be used before it is restored. */
  tier: StorageTier,
  status: TieringStatus,
  startedAt: Instant,
  /** Since when it is archived; also while it is restored for some days; null: it is not any more. */
  archivedAt: Instant.nullable(),
  /** Until when it is restored; null: it is not, or for good. */
  restoreExpiresAt: Instant.nullable(),
  /** What it takes in the archive tier. */
  archivedBytes: Bytes,
})
export type Tiering = z.infer<typeof Tiering>
