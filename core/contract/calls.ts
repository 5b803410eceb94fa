import { z } from 'zod'
import { encryptionWish, FileRef, MAX_SELECTED, rawText, started } from './call-parts.ts'
import { CoreSample, CoreSampleRequest } from './core-sample.ts'
import { Deletion, DeletionPlan } from './deletion.ts'
import { StrataError } from './errors.ts'
import { Bytes, DeletionId, JobId, SnapshotId, VolumeId } from './ids.ts'
import { Job } from './jobs.ts'
import { HistoryStep, LibraryView, Snapshot, Volume } from './model.ts'
import { BlockDiff } from './results.ts'
import { MAX_TAGS, Tag } from './tags.ts'
import { MAX_VOLUME_BYTES } from './units.ts'
import type { WireError } from './wire-error.ts'
import { worldCalls } from './world-calls.ts'

const snapshotIds = z.array(SnapshotId).min(1).max(MAX_SELECTED)
const sizeBytes = z.int()

/** A span of a volume, in bytes. */
const Span = z.strictObject({ offsetBytes: z.int(), lengthBytes: z.int() })

/** Every request. An entry here is the only way to add one. */
export const calls = {
  ...worldCalls,

  describeLibrary: { input: z.strictObject({}), output: LibraryView },
  listHistory: { input: z.strictObject({}), output: z.array(HistoryStep) },

  importImage: {
    input: z.strictObject({
      file: FileRef,
      name: rawText.optional(),
      /** Copies the bytes into the library and makes the volume managed. */
      copy: z.boolean(),
      ...encryptionWish,
    }),
    output: started,
  },
  createVolume: {
    input: z.strictObject({ name: rawText, sizeBytes, ...encryptionWish }),
    output: Volume,
  },
  /**
   * A managed volume that reads exactly what the snapshot reads; `sizeBytes` may be larger. It can be
   * used when this answers; the job copies its blocks, at 100 to 300 MiB a second if so asked. An
   * encrypted one waits for its keys: the job ends when it can be used, and another one loads it.
   */
  createVolumeFromSnapshot: {
    input: z.strictObject({
      snapshotId: SnapshotId,
      name: rawText,
      sizeBytes: sizeBytes.optional(),
      ...encryptionWish,
      rateMiBPerS: z.int().optional(),
    }),
    output: z.strictObject({ jobId: JobId, volumeId: VolumeId }),
  },
  writeFile: {
    input: z.strictObject({ volumeId: VolumeId, offsetBytes: z.int(), file: FileRef }),
    output: started,
  },
  /** Writes bytes that are made from `seed`: the same seed gives the same bytes. */
  writeFill: {
    input: z.strictObject({
      volumeId: VolumeId,
      spans: z.array(Span).min(1).max(MAX_SELECTED),
      seed: z.string().min(1).max(255),
    }),
    output: Volume,
  },
  resizeVolume: { input: z.strictObject({ volumeId: VolumeId, sizeBytes }), output: Volume },
  renameVolume: { input: z.strictObject({ volumeId: VolumeId, name: rawText }), output: Volume },
  /** Forgets a linked image or removes a managed volume's data. Its snapshots stay. */
  removeVolume: { input: z.strictObject({ volumeId: VolumeId }), output: Volume },

  takeSnapshot: {
    input: z.strictObject({
      volumeId: VolumeId,
      name: rawText.optional(),
      description: rawText.optional(),
      /** The new state of a linked volume; default: the file it is linked to. */
      file: FileRef.optional(),
      tags: z.array(Tag).max(MAX_TAGS).optional(),
    }),
    output: z.strictObject({ jobId: JobId, snapshotId: SnapshotId }),
  },
  renameSnapshot: {
    input: z.strictObject({ snapshotId: SnapshotId, name: rawText }),
    output: Snapshot,
  },
  planDeletion: { input: z.strictObject({ snapshotIds }), output: DeletionPlan },
  /** @throws PLAN_STALE, changing nothing, when the library moved on since the plan */
  deleteSnapshots: {
    input: z.strictObject({
      snapshotIds,
      revision: z.int(),
      /** How long it can be undone; 0: reclaiming may start at once. */
      undoableMs: z
        .int()
        .nonnegative()
        .max(366 * 86_400_000),
    }),
    output: Deletion,
  },
  /** Default: the newest. @returns what was undone */
  undoDeletion: {
    input: z.strictObject({ deletionId: DeletionId.optional() }),
    output: Deletion,
  },
  /** Gives back the space of deletions: those whose time is over, or with `now` all of them. */
  reclaim: { input: z.strictObject({ now: z.boolean() }), output: started },

  diffSnapshots: {
    input: z.strictObject({ fromId: SnapshotId, toId: SnapshotId }),
    output: BlockDiff,
  },
  /** With whom a snapshot shares blocks, most bytes first. */
  listSharing: {
    input: z.strictObject({ snapshotId: SnapshotId }),
    output: z.array(z.strictObject({ snapshotId: SnapshotId, sharedBytes: Bytes })),
  },
  sampleCore: { input: CoreSampleRequest, output: CoreSample },

  restoreToFile: {
    input: z.strictObject({
      snapshotId: SnapshotId,
      file: FileRef,
      /** Computes the digest of the whole file as it is written. */
      sha256: z.boolean(),
      /** Replaces a file that is already there; without it that is refused. */
      overwrite: z.boolean(),
    }),
    output: started,
  },
  verify: { input: z.strictObject({ deep: z.boolean() }), output: started },

  listJobs: { input: z.strictObject({}), output: z.array(Job) },
  /** Answers when the job has ended, in whatever way. */
  awaitJob: { input: z.strictObject({ jobId: JobId }), output: Job },
  cancelJob: { input: z.strictObject({ jobId: JobId }), output: z.strictObject({}) },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

export type CallName = keyof typeof calls
export type Input<K extends CallName> = z.infer<(typeof calls)[K]['input']>
export type Output<K extends CallName> = z.infer<(typeof calls)[K]['output']>

/** What the engine implements and what the window sees: one shape, whatever lies between. */
export type StrataApi = { [K in CallName]: (input: Input<K>) => Promise<Output<K>> }
export type Reply<T> = { ok: true; value: T } | { ok: false; error: WireError }

export const callNames = Object.keys(calls) as CallName[]

/** @throws StrataError REQUEST_REFUSED, naming the field, when `raw` is not the call's input */
export function parseInput<K extends CallName>(name: K, raw: unknown): Input<K> {
  const parsed = calls[name].input.safeParse(raw)
  if (!parsed.success) {
    throw new StrataError('REQUEST_REFUSED', { call: name, problem: z.prettifyError(parsed.error) })
  }
  return parsed.data as Input<K>
}

/** A size that a volume can have, for forms that want to say so before they ask. */
export const VolumeSize = z.int().positive().max(MAX_VOLUME_BYTES)
