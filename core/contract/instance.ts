import { z } from 'zod'
import { AccountId } from './account.ts'
import {
  ImageId,
  InstanceId,
  Instant,
  RegionName,
  SnapshotId,
  SnapshotSetId,
  VolumeId,
} from './ids.ts'

/** The name that a volume has on its instance, such as `/dev/sda1`. */
export const DeviceName = z
  .string()
  .regex(/^(\/dev\/)?(sd|hd|xvd)[a-z]{1,2}[0-9]{0,2}$/)
  .brand<'DeviceName'>()
export type DeviceName = z.infer<typeof DeviceName>

/** What an instance is launched with. None of it is part of an image. */
export const LaunchParameters = z.strictObject({
  instanceType: z.string(),
  securityGroups: z.array(z.string()),
  keyPair: z.string().nullable(),
})
export type LaunchParameters = z.infer<typeof LaunchParameters>

export const Attachment = z.strictObject({
  deviceName: DeviceName,
  volumeId: VolumeId,
  /** The one that the instance boots from. */
  isRoot: z.boolean(),
  /** Whether the volume goes with the instance. */
  deleteOnTermination: z.boolean(),
})
export type Attachment = z.infer<typeof Attachment>

export const Instance = z.strictObject({
  instanceId: InstanceId,
  ownerId: AccountId,
  name: z.string(),
  region: RegionName,
  ...LaunchParameters.shape,
  /** The image that it was launched from, even if that is gone. */
  imageId: ImageId.nullable(),
  createdAt: Instant,
  /** The root first, then by device name. */
  attachments: z.array(Attachment),
})
export type Instance = z.infer<typeof Instance>

/** Snapshots that were taken of several volumes of an instance at one moment. */
export const SnapshotSet = z.strictObject({
  setId: SnapshotSetId,
  /** It may be gone. */
  instanceId: InstanceId,
  snapshotIds: z.array(SnapshotId).min(1),
})
export type SnapshotSet = z.infer<typeof SnapshotSet>

/** EBS's limit of data volumes that a set leaves out. */
export const MAX_EXCLUDED = 40
