import { z } from 'zod'
import { BLOCK_BYTES, MAX_VOLUME_BYTES } from './units.ts'

const idOf = <Brand extends string>(prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-[0-9a-f]{17}$`))
    .brand<Brand>()

export const VolumeId = idOf<'VolumeId'>('vol')
export type VolumeId = z.infer<typeof VolumeId>
export const SnapshotId = idOf<'SnapshotId'>('snap')
export type SnapshotId = z.infer<typeof SnapshotId>
export const JobId = idOf<'JobId'>('job')
export type JobId = z.infer<typeof JobId>
export const DeletionId = idOf<'DeletionId'>('del')
export type DeletionId = z.infer<typeof DeletionId>
/** Of the Recycle Bin. */
export const RuleId = idOf<'RuleId'>('rule')
export type RuleId = z.infer<typeof RuleId>
/** A life-cycle policy. */
export const PolicyId = idOf<'PolicyId'>('policy')
export type PolicyId = z.infer<typeof PolicyId>
export const InstanceId = idOf<'InstanceId'>('i')
export type InstanceId = z.infer<typeof InstanceId>
/** Of a machine image. */
export const ImageId = idOf<'ImageId'>('ami')
export type ImageId = z.infer<typeof ImageId>
/** Of snapshots that were taken of several volumes at one moment. */
export const SnapshotSetId = idOf<'SnapshotSetId'>('set')
export type SnapshotSetId = z.infer<typeof SnapshotSetId>
export const KeyId = idOf<'KeyId'>('key')
export type KeyId = z.infer<typeof KeyId>
/** A data key: the key of one snapshot's or one volume's blocks. */
export const DataKeyId = idOf<'DataKeyId'>('dek')
export type DataKeyId = z.infer<typeof DataKeyId>

/** A place with block data of its own, such as `eu-west-1`: also the name of its folder. */
export const RegionName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/)
  .brand<'RegionName'>()
export type RegionName = z.infer<typeof RegionName>

/** A whole number of bytes. A JavaScript number is exact up to 8 PiB. */
export const Bytes = z.int().nonnegative()
/** Milliseconds since 1970, UTC. */
export const Instant = z.int().nonnegative()
/** Where a block lies in its volume: byte offset / 524,288. */
export const BlockIndex = z
  .int()
  .nonnegative()
  .max(MAX_VOLUME_BYTES / BLOCK_BYTES)

/** Blocks `firstBlock` to `firstBlock + blockCount - 1`. */
export const BlockRange = z.strictObject({
  firstBlock: BlockIndex,
  blockCount: z
    .int()
    .positive()
    .max(MAX_VOLUME_BYTES / BLOCK_BYTES),
})
export type BlockRange = z.infer<typeof BlockRange>
