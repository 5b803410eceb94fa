import { z } from 'zod'
import { AccountId } from './account.ts'
import { Bytes, ImageId, InstanceId, Instant, RegionName, SnapshotId } from './ids.ts'
import { DeviceName } from './instance.ts'
import { Tag } from './tags.ts'

export const VolumeType = z.enum(['standard', 'gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1'])
export type VolumeType = z.infer<typeof VolumeType>

/** One device of an image: what volume an instance gets there. */
export const ImageMapping = z.strictObject({
  deviceName: DeviceName,
  /** null: an empty volume. Never null at the root. */
  snapshotId: SnapshotId.nullable(),
  /** Of the volume; at least the snapshot's. */
  sizeBytes: Bytes,
  volumeType: VolumeType,
  deleteOnTermination: z.boolean(),
  isRoot: z.boolean(),
})
export type ImageMapping = z.infer<typeof ImageMapping>

/** Who may launch an image beside its owner. */
export const LaunchPermissions = z.strictObject({
  /** Everybody, as far as its owner's public access settings let them. */
  isPublic: z.boolean(),
  /** It is public, but those settings keep everybody from it. */
  isPublicBlocked: z.boolean(),
  accounts: z.array(AccountId),
})
export type LaunchPermissions = z.infer<typeof LaunchPermissions>

/** What an image says of the machine that it is for. */
export const ImageAttributes = z.strictObject({
  architecture: z.enum(['x86_64', 'arm64', 'i386']),
  virtualization: z.enum(['hvm', 'paravirtual']),
  bootMode: z.enum(['legacy-bios', 'uefi', 'uefi-preferred']),
  /** Whether it can use enhanced networking. */
  hasEna: z.boolean(),
})
export type ImageAttributes = z.infer<typeof ImageAttributes>

/**
 * How the volumes of the instance were caught: after what was being written had been, or at once, as
 * after a power failure; or not known, where it was registered from snapshots.
 */
export const Consistency = z.enum(['rebooted', 'crash-consistent', 'registered'])
export type Consistency = z.infer<typeof Consistency>

/** A machine image: snapshots, who may launch them, and what they become. It stores nothing itself. */
export const Image = z.strictObject({
  imageId: ImageId,
  ownerId: AccountId,
  name: z.string(),
  description: z.string(),
  region: RegionName,
  ...ImageAttributes.shape,
  consistency: Consistency,
  createdAt: Instant,
  /** The instance that it was made of; it may be gone. */
  instanceId: InstanceId.nullable(),
  /** The image that it is a copy of; it may be gone. */
  copiedFrom: ImageId.nullable(),
  /** The root first, then by device name. */
  mappings: z.array(ImageMapping).min(1),
  permissions: LaunchPermissions,
  /** Of the account that asks, in order of keys. */
  tags: z.array(Tag),
})
export type Image = z.infer<typeof Image>

/** What becomes of one snapshot of an image that is deregistered with its snapshots. */
export const SnapshotReturn = z.strictObject({
  snapshotId: SnapshotId,
  /** skipped: another image maps it. client-error: something else keeps it. */
  returnCode: z.enum(['success', 'skipped', 'client-error']),
  /** Why it stays; empty where it goes. */
  reason: z.string(),
})
export type SnapshotReturn = z.infer<typeof SnapshotReturn>
