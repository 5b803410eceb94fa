import { z } from 'zod'
import { Account, AccountId } from './account.ts'
import { Deletion } from './deletion.ts'
import { FastRestore } from './fast-restore.ts'
import { Bytes, Instant, RegionName, SnapshotId, VolumeId } from './ids.ts'
import { Image } from './image.ts'
import { Instance, SnapshotSet } from './instance.ts'
import { Encryption } from './keys.ts'
import { VolumeLoad } from './loading.ts'
import { SnapshotLock } from './locks.ts'
import { Policy } from './policy.ts'
import { BinnedSnapshot, RetentionRule } from './recycle-bin.ts'
import { Tag } from './tags.ts'
import { Tiering } from './tiering.ts'

/** Where the bytes of a linked volume come from, as last seen. */
export const VolumeSource = z.strictObject({
  path: z.string(),
  sizeBytes: Bytes,
  /** What became of the file since it was last read. */
  state: z.enum(['present', 'changed', 'grown', 'shrunk', 'missing', 'unreadable']),
})
export type VolumeSource = z.infer<typeof VolumeSource>

/** The live state of a volume after its last snapshot. */
export const Head = z.strictObject({
  /** The snapshot that the next one will be incremental to; null: the next one will be full. */
  baseId: SnapshotId.nullable(),
  /** What the volume holds now; null for a linked volume: only reading the file would tell. */
  dataBytes: Bytes.nullable(),
  /** Written since the base; null for a linked volume. */
  changedBytes: Bytes.nullable(),
})
export type Head = z.infer<typeof Head>

export const Volume = z.strictObject({
  volumeId: VolumeId,
  name: z.string(),
  ownerId: AccountId,
  region: RegionName,
  /** linked: a file of the user's that is only read. managed: kept and written inside the library. */
  kind: z.enum(['linked', 'managed']),
  /** What counts as a changed block: bytes that differ, or a write whatever its bytes. */
  identity: z.enum(['content', 'write']),
  sizeBytes: Bytes,
  format: z.enum(['raw']),
  snapshotCount: z.int().nonnegative(),
  createdAt: Instant,
  /** The snapshot this volume was made from. It may have been deleted since. */
  originId: SnapshotId.nullable(),
  /** null for a managed volume. */
  source: VolumeSource.nullable(),
  head: Head,
  /** null: it is plain. */
  encryption: Encryption.nullable(),
  /** null: it was not made of a snapshot, or is not kept in the library. */
  load: VolumeLoad.nullable(),
  /** Only its snapshots are there: it was removed, or is another account's, which keeps it to itself. */
  isRemoved: z.boolean(),
  /** Removed, but pending snapshots may have to read it: it goes as soon as they are complete. */
  isToBeRemoved: z.boolean(),
  /** In order of keys; not its name. Its snapshots do not get them. */
  tags: z.array(Tag),
})
export type Volume = z.infer<typeof Volume>

/**
 * The figures of one snapshot, for the account that asks. Always: stored here = added + inherited;
 * full = stored here + borrowed (by subtraction) = shared + released + held. Over what an account owns
 * the sums of stored here and of fair share both equal what it stores. One that another account shares
 * is borrowed whole.
 */
export const SnapshotFigures = z.strictObject({
  /** What a restore of this snapshot writes. */
  fullBytes: Bytes,
  /** Stored newly when it was taken, and still held by it. */
  addedBytes: Bytes,
  /** Written by an older snapshot, since deleted or archived; this one is now the oldest that reads it. */
  inheritedBytes: Bytes,
  storedHereBytes: Bytes,
  sharedBytes: Bytes,
  releasedIfDeletedBytes: Bytes,
  /** Only it reads them, but volumes that are being loaded still need them: released after that. */
  heldIfDeletedBytes: Bytes,
  /** Each block divided by its holders, rounded so that shares sum to what is stored. */
  fairShareBytes: Bytes,
})
export type SnapshotFigures = z.infer<typeof SnapshotFigures>

export const Snapshot = z.strictObject({
  snapshotId: SnapshotId,
  name: z.string(),
  description: z.string(),
  volumeId: VolumeId,
  ownerId: AccountId,
  region: RegionName,
  /** The snapshot that it is a copy of. It may have been deleted since. */
  copiedFrom: SnapshotId.nullable(),
  /** The nearest ancestor that is still a restore point. */
  parentId: SnapshotId.nullable(),
  state: z.enum(['pending', 'completed', 'error']),
  /** Why it failed; null for what did not. */
  stateMessage: z.string().nullable(),
  /** Pending, and deleted already: it goes as soon as it is completed. */
  isToBeDeleted: z.boolean(),
  /** Per cent, 0 to 100. */
  progress: z.int().min(0).max(100),
  startedAt: Instant,
  completedAt: Instant.nullable(),
  /** 0 for a copy that failed. */
  volumeSizeBytes: Bytes,
  /** Of a copy that is to be there within so many; null for every other. */
  completionMinutes: z.int().nullable(),
  /** null: it is plain. */
  encryption: Encryption.nullable(),
  /** One that has expired, too; null: it was never locked, or unlocked since. */
  lock: SnapshotLock.nullable(),
  /** Of the account that asks, in order of keys; not its name. */
  tags: z.array(Tag),
  /** Accounts that may make volumes and copies of it; of another account's none are told. */
  sharedWith: z.array(AccountId),
  /** Everybody may, as far as its owner's public access settings let them. */
  isPublic: z.boolean(),
  /** It is public, but those settings keep everybody from it. */
  isPublicBlocked: z.boolean(),
  /** Whether its blocks may be read and compared; of what is only public just volumes and copies are made. */
  hasDirectReads: z.boolean(),
  /** null: it was never archived. */
  tiering: Tiering.nullable(),
  ...SnapshotFigures.shape,
})
export type Snapshot = z.infer<typeof Snapshot>

/** What a deleted or archived snapshot leaves: blocks that others still read, or that are not yet reclaimed. */
export const Remnant = z.strictObject({
  snapshotId: SnapshotId,
  name: z.string(),
  volumeId: VolumeId,
  region: RegionName,
  parentId: SnapshotId.nullable(),
  startedAt: Instant,
  /** Bytes that it wrote and survivors still read; in the Recycle Bin, what it stores itself. */
  heldBytes: Bytes,
  /** Until when it can be recovered from the Recycle Bin; null: it is not there. */
  inBinUntil: Instant.nullable(),
  /** Left when it was archived, not deleted; what became of it since is not told. */
  isLeftByArchiving: z.boolean(),
})
export type Remnant = z.infer<typeof Remnant>

/** A step of the library's history, newest last. */
export const HistoryStep = z.strictObject({
  stepId: z.int(),
  at: Instant,
  /** What was done, for a person: "Took snapshot B of web". */
  title: z.string(),
  /** The same as a command line. */
  command: z.string(),
  /** Change of what the snapshots store. */
  storedDeltaBytes: z.int(),
  isUndone: z.boolean(),
})
export type HistoryStep = z.infer<typeof HistoryStep>

export const JobKind = z.enum([
  'import',
  'write',
  'snapshot',
  'restore',
  'clone',
  'load',
  'read',
  'copy',
  'archive',
  'restoreTier',
  'image',
  'launch',
  'verify',
  'reclaim',
  'policies',
])
export type JobKind = z.infer<typeof JobKind>

export const LibraryStats = z.strictObject({
  libraryId: z.string(),
  path: z.string(),
  formatVersion: z.int(),
  revision: z.int(),
  volumeCount: z.int(),
  snapshotCount: z.int(),
  /** Distinct blocks that the account's snapshots hold, in logical bytes. */
  storedBytes: Bytes,
  /** Bytes of block data on disk, whoever owns it, after compression, not yet reclaimed included. */
  physicalBytes: Bytes,
  /** Distinct blocks that no snapshot reads any more and volumes have still to load. */
  heldBytes: Bytes,
  /** Physical bytes that nobody needs any more. */
  reclaimableBytes: Bytes,
  compression: z.enum(['zstd', 'none']),
})
export type LibraryStats = z.infer<typeof LibraryStats>

/** What one region holds of the account's. */
export const Region = z.strictObject({
  name: RegionName,
  isCurrent: z.boolean(),
  snapshotCount: z.int(),
  volumeCount: z.int(),
  /** Distinct blocks that its snapshots hold. Sums over regions to the account's. */
  storedBytes: Bytes,
  physicalBytes: Bytes,
})
export type Region = z.infer<typeof Region>

/** All that the window draws, except the cells of the core sample. */
export const LibraryView = z.strictObject({
  ...LibraryStats.shape,
  name: z.string(),
  /** A library of fill blocks in a temporary place, made to try things on. */
  isPractice: z.boolean(),
  /** Oldest first; at least one. */
  accounts: z.array(Account),
  /** Oldest first; at least one. */
  regions: z.array(Region),
  /** Copies that the next one to their region would be laid over: without them it would be full. */
  newestCopies: z.array(SnapshotId),
  /** Oldest first. */
  instances: z.array(Instance),
  /** Those that may be launched, oldest first. */
  images: z.array(Image),
  /** Snapshots that were taken at one moment, as far as they are still there. */
  snapshotSets: z.array(SnapshotSet),
  volumes: z.array(Volume),
  /** Oldest first. */
  snapshots: z.array(Snapshot),
  remnants: z.array(Remnant),
  /** The Recycle Bin, the next to go first. */
  bin: z.array(BinnedSnapshot),
  /** Of the account that asks: what goes to the bin instead. */
  retentionRules: z.array(RetentionRule),
  /** Of snapshots for which the account that asks ever switched it on, in that order. */
  fastRestores: z.array(FastRestore),
  /** Of the account that asks, oldest first. */
  policies: z.array(Policy),
  /** Undoable ones, newest last. */
  deletions: z.array(Deletion),
})
export type LibraryView = z.infer<typeof LibraryView>
