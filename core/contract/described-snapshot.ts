import { z } from 'zod'
import { AccountId } from './account.ts'
import { Bytes, SnapshotId, VolumeId } from './ids.ts'
import { StorageTier } from './tiering.ts'

/** The volume that EC2 names for copies: they have none. */
export const NO_VOLUME = 'vol-ffffffff'

/**
 * A snapshot as EC2's DescribeSnapshots tells it: its names, its units, and nothing that it does not
 * tell. What a snapshot stores and what deleting it would release is not among it.
 */
export const DescribedSnapshot = z.strictObject({
  SnapshotId,
  VolumeId: z.union([VolumeId, z.literal(NO_VOLUME)]),
  State: z.enum(['pending', 'completed', 'error']),
  /** Why it failed. */
  StateMessage: z.string().optional(),
  /** UTC, such as `2026-01-02T03:04:05.678Z`. */
  StartTime: z.iso.datetime(),
  /** Once it is completed. */
  CompletionTime: z.iso.datetime().optional(),
  /** `87%`. */
  Progress: z.string(),
  OwnerId: AccountId,
  /** GiB of the volume, rounded up; 0 while a copy is under way, and when it failed. */
  VolumeSize: z.int().nonnegative(),
  /** All that was ever written to the volume, not the increment; once it is completed. */
  FullSnapshotSizeInBytes: Bytes.optional(),
  Description: z.string(),
  Encrypted: z.boolean(),
  /** Of encrypted ones: the key's ARN. */
  KmsKeyId: z.string().optional(),
  /** Equal ones tell of one original volume, or copies of it. */
  DataEncryptionKeyId: z.string().optional(),
  StorageTier,
  /** While it is restored from the archive for some days. */
  RestoreExpiryTime: z.iso.datetime().optional(),
  /** Of copies. */
  TransferType: z.enum(['standard', 'time-based']).optional(),
  /** Of time-based copies. */
  CompletionDurationMinutes: z.int().positive().optional(),
  /** The name of a snapshot is its tag `Name`. */
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
})
export type DescribedSnapshot = z.infer<typeof DescribedSnapshot>

export const DescribedSnapshots = z.strictObject({ Snapshots: z.array(DescribedSnapshot) })
export type DescribedSnapshots = z.infer<typeof DescribedSnapshots>
