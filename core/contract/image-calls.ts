import { z } from 'zod'
import { encryptionWish, rawText, started } from './call-parts.ts'
import { Deletion, DeletionPlan } from './deletion.ts'
import { ImageId, InstanceId, JobId, RegionName, SnapshotId } from './ids.ts'
import { Image, ImageAttributes, SnapshotReturn, VolumeType } from './image.ts'
import { launchWish } from './instance-calls.ts'

/** More than an image has of anything. */
const MANY = 1_000

const ofImage = z.strictObject({ imageId: ImageId })
const begun = z.strictObject({ jobId: JobId, imageId: ImageId })

/** Requests about machine images. */
export const imageCalls = {
  /** Of all volumes of an instance, taken as one set. */
  createImage: {
    input: z.strictObject({
      instanceId: InstanceId,
      name: rawText,
      description: rawText.optional(),
      /** Does not wait for what is being written: what a power failure would leave. */
      noReboot: z.boolean(),
    }),
    output: begun,
  },
  /** Of snapshots that are there. */
  registerImage: {
    input: z.strictObject({
      name: rawText,
      description: rawText.optional(),
      rootDeviceName: rawText,
      mappings: z
        .array(
          z.strictObject({
            deviceName: rawText,
            /** Without one the device is an empty volume of `sizeBytes`. */
            snapshotId: SnapshotId.optional(),
            sizeBytes: z.int().optional(),
            volumeType: VolumeType.optional(),
            deleteOnTermination: z.boolean().optional(),
          }),
        )
        .max(MANY),
      ...ImageAttributes.partial().shape,
    }),
    output: Image,
  },
  /** Those that the account may launch: its own, and what others let it. */
  listImages: { input: z.strictObject({}), output: z.array(Image) },
  /** @throws StrataError InvalidAMIID.NotFound, InvalidAMIID.Unavailable */
  describeImage: { input: ofImage, output: Image },
  /** Nobody is told twice, and taking away what was not given is no failure. */
  modifyImagePermissions: {
    input: z.strictObject({
      imageId: ImageId,
      operation: z.enum(['add', 'remove']),
      accounts: z.array(rawText).max(500),
      /** Everybody. */
      all: z.boolean(),
      /** Shares the keys of its encrypted snapshots with the same accounts. */
      withKeys: z.boolean().optional(),
    }),
    output: Image,
  },
  /** An instance with a volume of its own for each device. */
  launchImage: {
    input: z.strictObject({
      imageId: ImageId,
      name: rawText,
      ...launchWish,
      /** Other sizes than the image says: at least those of the snapshots. */
      sizes: z.array(z.strictObject({ deviceName: rawText, sizeBytes: z.int() })).max(MANY),
      /** How volumes are encrypted, by the rules of volumes that are made of snapshots. */
      encryption: z
        .array(z.strictObject({ deviceName: rawText, ...encryptionWish }))
        .max(MANY)
        .optional(),
    }),
    output: started,
  },
  /** Copies the snapshots behind it, as far as the region does not have them, then registers. */
  copyImage: {
    input: z.strictObject({
      imageId: ImageId,
      region: RegionName,
      name: rawText.optional(),
      description: rawText.optional(),
      /** Of each copy, as for copies of snapshots. */
      encrypted: z.boolean().optional(),
      key: rawText.optional(),
    }),
    output: begun,
  },
  /** What becomes of its snapshots if they are to go with it. Changes nothing. */
  planDeregistration: {
    input: ofImage,
    output: z.strictObject({
      snapshots: z.array(SnapshotReturn),
      /** Of those that can go; null where none can. */
      plan: DeletionPlan.nullable(),
      revision: z.int(),
    }),
  },
  /** Instances, their volumes and the snapshots stay, unless the snapshots are to go with it. */
  deregisterImage: {
    input: z.strictObject({
      imageId: ImageId,
      /** null: they stay. @throws StrataError PLAN_STALE, changing nothing, for an older revision */
      deleteSnapshots: z
        .strictObject({
          revision: z.int(),
          undoableMs: z
            .int()
            .nonnegative()
            .max(366 * 86_400_000),
        })
        .nullable(),
    }),
    output: z.strictObject({
      imageId: ImageId,
      snapshots: z.array(SnapshotReturn),
      deletion: Deletion.nullable(),
    }),
  },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
