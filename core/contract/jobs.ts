import { z } from 'zod'
import { Bytes, ImageId, InstanceId, JobId, SnapshotId, VolumeId } from './ids.ts'
import { JobKind } from './model.ts'
import { PolicyRun } from './policy.ts'
import { CopyResult, ReclaimResult, RestoreResult, VerifyResult } from './results.ts'
import { WireError } from './wire-error.ts'

/** What a finished job leaves: the object it made, or its report. */
export const JobResult = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('volume'), volumeId: VolumeId }),
  z.strictObject({ kind: z.literal('snapshot'), snapshotId: SnapshotId }),
  z.strictObject({ kind: z.literal('snapshots'), snapshotIds: z.array(SnapshotId).min(1) }),
  z.strictObject({ kind: z.literal('image'), imageId: ImageId }),
  z.strictObject({
    kind: z.literal('instance'),
    instanceId: InstanceId,
    volumeIds: z.array(VolumeId).min(1),
  }),
  z.strictObject({ kind: z.literal('copy'), ...CopyResult.shape }),
  z.strictObject({ kind: z.literal('restore'), ...RestoreResult.shape }),
  z.strictObject({ kind: z.literal('read'), bytesWritten: Bytes }),
  z.strictObject({ kind: z.literal('tier'), snapshotId: SnapshotId, movedBytes: Bytes }),
  z.strictObject({ kind: z.literal('verify'), ...VerifyResult.shape }),
  z.strictObject({ kind: z.literal('reclaim'), ...ReclaimResult.shape }),
  z.strictObject({ kind: z.literal('policies'), runs: z.array(PolicyRun) }),
])
export type JobResult = z.infer<typeof JobResult>

/**
 * Work that may take over a second. It can be cancelled and then leaves nothing behind, but for a
 * write, since on a disk what is written is written, and for loading, which is paused.
 */
export const Job = z.strictObject({
  jobId: JobId,
  kind: JobKind,
  /** What is done to what: "Snapshot of web". */
  title: z.string(),
  volumeId: VolumeId.nullable(),
  snapshotId: SnapshotId.nullable(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  doneBytes: Bytes,
  totalBytes: Bytes,
  /** Over the last seconds; 0 until known. */
  bytesPerSecond: Bytes,
  /** null until it can be told. */
  secondsLeft: z.number().nonnegative().nullable(),
  result: JobResult.nullable(),
  error: WireError.nullable(),
})
export type Job = z.infer<typeof Job>
