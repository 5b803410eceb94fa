import { z } from 'zod'
import { BlockRange, Bytes, VolumeId } from './ids.ts'

/** MiB a second that a volume may be told to load at, as EBS sells them. */
export const LOAD_RATES = { least: 100, most: 300 }

/** How far a volume that was made of a snapshot has been loaded. It can be used meanwhile. */
export const VolumeLoad = z.strictObject({
  /**
   * `paused`: only what is touched is loaded, since somebody said so or loading failed. `waiting`: nothing can be, since the keys of an encrypted
   * volume are locked, disabled or gone; it goes on by itself once they can be used. `damaged`: what is
   * left cannot be read. Loading tries it again when it is told to.
   */
  state: z.enum(['loading', 'paused', 'waiting', 'damaged', 'loaded']),
  /** What there was to load when the volume was made; blocks that are made of a pattern need none. */
  totalBytes: Bytes,
  /** Of that, what is in the volume by now, loaded or written anew. */
  loadedBytes: Bytes,
  /** Where what cannot be read belongs; empty in all states but `damaged`. */
  damagedRanges: z.array(BlockRange),
  /** Blocks that were loaded because something was about to read or change them. */
  touchedBlocks: z.int().nonnegative(),
  /** Blocks that were loaded in their turn. */
  backgroundBlocks: z.int().nonnegative(),
  /** null: as fast as it goes. */
  rateMiBPerS: z.int().positive().nullable(),
  /** Fast snapshot restore: all was in the volume before that was there. */
  isFastRestored: z.boolean(),
  /** By its rate; null where it has none, or is paused. */
  secondsLeft: z.number().nonnegative().nullable(),
})
export type VolumeLoad = z.infer<typeof VolumeLoad>

/** Bytes of the doomed that nobody reads any more and a volume still has to load. */
export const HeldBytes = z.strictObject({ volumeId: VolumeId, heldBytes: Bytes })
export type HeldBytes = z.infer<typeof HeldBytes>

/** As EC2's DescribeVolumeStatus has it, field by field. */
export const InitializationStatusDetails = z.strictObject({
  InitializationType: z.enum(['default', 'provisioned-rate']),
  /** Per cent, 0 to 100. */
  Progress: z.int().min(0).max(100),
  EstimatedTimeToCompleteInSeconds: z.int().nonnegative(),
})

export const VolumeStatus = z.strictObject({
  volumeId: VolumeId,
  name: z.string(),
  ...VolumeLoad.shape,
  /** null: the volume was not made of a snapshot, or the time cannot be told yet. */
  InitializationStatusDetails: InitializationStatusDetails.nullable(),
})
export type VolumeStatus = z.infer<typeof VolumeStatus>
