import { z } from 'zod'
import { BlockRange, Bytes, SnapshotId } from './ids.ts'

export const RestoreResult = z.strictObject({
  bytesWritten: Bytes,
  dataBytes: Bytes,
  /** Lower-case hex digest of the whole file, when asked for. */
  sha256: z.string().optional(),
})
export type RestoreResult = z.infer<typeof RestoreResult>

export const CopyPlan = z.strictObject({
  /** Whether it is laid over an earlier copy, or over the source itself. */
  incremental: z.boolean(),
  /** What it is laid over: the source in its own region, else the newest copy there. */
  baseId: SnapshotId.nullable(),
  /** Why everything moves. */
  fullBecause: z.enum(['first-copy', 'newest-copy-deleted', 'other-key']).nullable(),
  /** Logical bytes that are transferred. */
  movedBytes: Bytes,
  /** What it takes to be there in time; null for a copy that need not be. */
  mibPerSecond: z.number().nonnegative().nullable(),
})
export type CopyPlan = z.infer<typeof CopyPlan>

/** The copy, and what its plan told once its turn had come. */
export const CopyResult = z.strictObject({ snapshotId: SnapshotId, ...CopyPlan.shape })
export type CopyResult = z.infer<typeof CopyResult>

export const VerifyProblem = z.strictObject({
  kind: z.enum([
    'block-damaged',
    'block-missing',
    'segment-missing',
    'snapshot-altered',
    'volume-damaged',
    'law-broken',
    'catalog-damaged',
  ]),
  /** What is wrong, naming the file and the place. */
  message: z.string(),
  /** Each snapshot that reads damaged bytes, with where. */
  affected: z.array(z.strictObject({ snapshotId: SnapshotId, ranges: z.array(BlockRange) })),
})
export type VerifyProblem = z.infer<typeof VerifyProblem>

export const VerifyResult = z.strictObject({
  ok: z.boolean(),
  blocksChecked: z.int().nonnegative(),
  /** Snapshots whose blocks were compared with the manifest, and those whose keys could not be used. */
  encrypted: z.strictObject({
    checked: z.int().nonnegative(),
    unchecked: z.int().nonnegative(),
  }),
  problems: z.array(VerifyProblem),
})
export type VerifyResult = z.infer<typeof VerifyResult>

export const ReclaimResult = z.strictObject({
  reclaimedBytes: Bytes,
  rewrittenBytes: Bytes,
  physicalBytes: Bytes,
})
export type ReclaimResult = z.infer<typeof ReclaimResult>

export const BlockDiff = z.strictObject({
  ranges: z.array(
    z.strictObject({ ...BlockRange.shape, change: z.enum(['added', 'changed', 'removed']) }),
  ),
  addedBytes: Bytes,
  changedBytes: Bytes,
  removedBytes: Bytes,
})
export type BlockDiff = z.infer<typeof BlockDiff>
