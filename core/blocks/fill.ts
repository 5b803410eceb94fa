import { BLOCK_BYTES } from '../contract/units.ts'

export const PATTERN_BYTES = 16
export const ZERO_PATTERN = Buffer.alloc(PATTERN_BYTES)

/** A block's buffer with the two views that tell whether it repeats itself, made once. */
export type Slot = { bytes: Buffer; head: Buffer; tail: Buffer; pattern: Buffer }

export function slotsOf(memory: Buffer): Slot[] {
  const slots: Slot[] = []
  for (let at = 0; at < memory.length; at += BLOCK_BYTES) {
    const bytes = memory.subarray(at, at + BLOCK_BYTES)
    slots.push({
      bytes,
      head: bytes.subarray(0, BLOCK_BYTES - PATTERN_BYTES),
      tail: bytes.subarray(PATTERN_BYTES),
      pattern: bytes.subarray(0, PATTERN_BYTES),
    })
  }
  return slots
}

/**
 * Whether the block is one pattern of 16 bytes over and over. It is when it equals itself moved by
 * 16 bytes; for ordinary data that comparison ends at its first bytes.
 */
export function isFill(slot: Slot): boolean {
  return slot.tail.equals(slot.head)
}

export function isZeroPattern(pattern: Uint8Array): boolean {
  return ZERO_PATTERN.equals(pattern)
}
