import type { Snapshot, Volume } from '../../../core/contract/model.ts'

/** Thickness of a line for bytes carried from parent to child, pixels. */
const THINNEST = 2
const THICKEST = 14

/**
 * How wide the river between two snapshots is: a square root, so that small carries stay visible.
 *
 * @param fullestBytes the largest full size in the tree: what would be drawn at full width
 */
export function riverWidth(carriedBytes: number, fullestBytes: number): number {
  if (fullestBytes <= 0) return THINNEST
  const share = Math.min(1, Math.max(0, carriedBytes / fullestBytes))
  return Math.round((THINNEST + (THICKEST - THINNEST) * Math.sqrt(share)) * 2) / 2
}

/** What a snapshot did not have to store: blocks that came down to it. */
export function carriedTo(snapshot: Snapshot): number {
  return snapshot.fullBytes - snapshot.storedHereBytes
}

/** What the head still reads of its base; for a linked volume nobody has looked: all of it. */
export function carriedToHead(volume: Volume, base: Snapshot): number {
  const { dataBytes, changedBytes } = volume.head
  if (dataBytes === null || changedBytes === null) return base.fullBytes
  return Math.max(0, Math.min(base.fullBytes, dataBytes - changedBytes))
}
