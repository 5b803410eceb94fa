import { z } from 'zod'
import { Bytes, ImageId, InstanceId, Instant, VolumeId } from '../core/contract/ids.ts'
import { Image, SnapshotReturn } from '../core/contract/image.ts'
import { Instance } from '../core/contract/instance.ts'
import { Snapshot } from '../core/contract/model.ts'

/** What a set shows of a snapshot: `snapshot show` has the rest. */
const Member = z.object({
  snapshotId: Snapshot.shape.snapshotId,
  name: Snapshot.shape.name,
  volumeId: Snapshot.shape.volumeId,
  storedHereBytes: Snapshot.shape.storedHereBytes,
})

export const InstanceJson = z.object(Instance.shape)
export const InstanceListJson = z.object({ instances: z.array(InstanceJson) })
export const TerminationJson = z.object({
  instanceId: InstanceId,
  removedVolumeIds: z.array(VolumeId),
  leavingVolumeIds: z.array(VolumeId),
  detachedVolumeIds: z.array(VolumeId),
})
export const SnapshotSetJson = z.object({
  instanceId: InstanceId,
  startedAt: Instant,
  snapshots: z.array(Member).min(1),
})

export const ImageJson = z.object(Image.shape)
export const ImageListJson = z.object({ images: z.array(ImageJson) })
export const DeregistrationJson = z.object({
  imageId: ImageId,
  /** Empty where they were to stay. */
  snapshots: z.array(z.object(SnapshotReturn.shape)),
  releasedBytes: Bytes,
  reclaimedBytes: Bytes.nullable(),
})

export const DeregistrationPlanJson = z.object({
  imageId: ImageId,
  /** With `--delete-snapshots`. */
  snapshots: z.array(z.object(SnapshotReturn.shape)),
  releasedBytes: Bytes,
  releasedNowBytes: Bytes,
  heldBytes: Bytes,
})

/** What commands about instances and images print. */
export const imageDocuments = {
  instance: InstanceJson,
  'instance list': InstanceListJson,
  'terminated instance': TerminationJson,
  'snapshot set': SnapshotSetJson,
  image: ImageJson,
  'image list': ImageListJson,
  'deregistration plan': DeregistrationPlanJson,
  deregistration: DeregistrationJson,
} satisfies Record<string, z.ZodType>
