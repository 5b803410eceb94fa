import { z } from 'zod'
import { rawText } from './call-parts.ts'
import { InstanceId, Instant, JobId, SnapshotId, VolumeId } from './ids.ts'
import { Instance } from './instance.ts'

/** More than an instance has of anything. */
const MANY = 1_000

/** What is left out has a default. */
export const launchWish = {
  instanceType: rawText.optional(),
  securityGroups: z.array(rawText).max(MANY).optional(),
  keyPair: rawText.optional(),
}

/** Requests about instances and the volumes that are attached to them. */
export const instanceCalls = {
  /** Without volumes: they are attached afterwards. */
  createInstance: {
    input: z.strictObject({ name: rawText, ...launchWish }),
    output: Instance,
  },
  attachVolume: {
    input: z.strictObject({
      instanceId: InstanceId,
      volumeId: VolumeId,
      deviceName: rawText,
      isRoot: z.boolean(),
      /** Default: the root goes with its instance, other volumes stay. */
      deleteOnTermination: z.boolean().optional(),
    }),
    output: Instance,
  },
  detachVolume: { input: z.strictObject({ volumeId: VolumeId }), output: Instance },
  /** Terminates it. Volumes that go with it are removed; the others stay. Snapshots stay all. */
  removeInstance: {
    input: z.strictObject({ instanceId: InstanceId }),
    output: z.strictObject({
      instanceId: InstanceId,
      removedVolumeIds: z.array(VolumeId),
      /** They go when their pending snapshots are complete. */
      leavingVolumeIds: z.array(VolumeId),
      detachedVolumeIds: z.array(VolumeId),
    }),
  },
  listInstances: { input: z.strictObject({}), output: z.array(Instance) },

  /** Snapshots of its volumes as they are at one moment: all of them come to exist, or none. */
  createSnapshots: {
    input: z.strictObject({
      instanceId: InstanceId,
      excludeBoot: z.boolean(),
      excludeVolumeIds: z.array(VolumeId).max(MANY),
      /** Default: each gets a name as the next snapshot of its volume would. */
      name: rawText.optional(),
      description: rawText.optional(),
    }),
    output: z.strictObject({
      jobId: JobId,
      startedAt: Instant,
      snapshotIds: z.array(SnapshotId).min(1),
    }),
  },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
