import { z } from 'zod'
import { CoreSample, CoreSampleRequest } from './core-sample.ts'
import { DescribedSnapshots } from './described-snapshot.ts'
import { StrataError } from './errors.ts'
import { Job } from './jobs.ts'
import {
  Bytes,
  Deletion,
  DeletionId,
  DeletionPlan,
  HistoryStep,
  JobId,
  LibraryView,
  Region,
  RegionName,
  Snapshot,
  SnapshotId,
  Volume,
  VolumeId,
} from './model.ts'
import { CostReport, PriceTable } from './money.ts'
import { BlockDiff, CopyPlan } from './results.ts'
import { MAX_VOLUME_BYTES } from './units.ts'
import type { WireError } from './wire-error.ts'
import { EventQuery, WorldEvent } from './world-events.ts'

/** More than anyone selects by hand, and a bound on what one call can ask. */
const MAX_SELECTED = 100_000

/** Unchecked text: the engine refuses what is bad itself, with a sentence for each reason. */
const rawText = z.string().max(4_096)
const snapshotIds = z.array(SnapshotId).min(1).max(MAX_SELECTED)
const sizeBytes = z.int()
const started = z.strictObject({ jobId: JobId })

/**
 * A file. For whoever runs the engine it is a path; for the window it is an opaque id that the
 * shell turns into the path that a person dropped or chose, so that a page cannot name a file.
 */
export const FileRef = z.string().min(1).max(4_096)

/** A span of a volume, in bytes. */
const Span = z.strictObject({ offsetBytes: z.int(), lengthBytes: z.int() })

/** Every request. An entry here is the only way to add one. */
export const calls = {
  describeLibrary: { input: z.strictObject({}), output: LibraryView },
  listHistory: { input: z.strictObject({}), output: z.array(HistoryStep) },

  importImage: {
    input: z.strictObject({
      file: FileRef,
      name: rawText.optional(),
      /** Copies the bytes into the library and makes the volume managed. */
      copy: z.boolean(),
    }),
    output: started,
  },
  createVolume: {
    input: z.strictObject({ name: rawText, sizeBytes }),
    output: Volume,
  },
  /** A managed volume that reads exactly what the snapshot reads. `sizeBytes` may be larger. */
  createVolumeFromSnapshot: {
    input: z.strictObject({
      snapshotId: SnapshotId,
      name: rawText,
      sizeBytes: sizeBytes.optional(),
    }),
    output: started,
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

  /** What a copy to a region would transfer. Changes nothing. */
  planCopy: {
    input: z.strictObject({ snapshotId: SnapshotId, region: RegionName }),
    output: CopyPlan,
  },
  /** A snapshot of its own in that region, which stays when the source goes. */
  copySnapshot: {
    input: z.strictObject({
      snapshotId: SnapshotId,
      region: RegionName,
      name: rawText.optional(),
      description: rawText.optional(),
    }),
    output: z.strictObject({ jobId: JobId, snapshotId: SnapshotId }),
  },
  listRegions: { input: z.strictObject({}), output: z.array(Region) },
  addRegion: { input: z.strictObject({ name: rawText }), output: Region },
  /** Where new volumes are made from now on. */
  useRegion: { input: z.strictObject({ name: rawText }), output: Region },

  /** Oldest first. */
  listEvents: { input: EventQuery, output: z.array(WorldEvent) },
  /** As EC2 would tell them: these, wherever they are, or all. */
  describeSnapshots: {
    input: z.strictObject({ snapshotIds: z.array(SnapshotId).max(MAX_SELECTED).optional() }),
    output: DescribedSnapshots,
  },

  /** Costs a month; with snapshots also what deleting these together would save. */
  reportCost: {
    input: z.strictObject({ snapshotIds: z.array(SnapshotId).max(MAX_SELECTED) }),
    output: CostReport,
  },
  setPrices: { input: PriceTable, output: PriceTable },

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
