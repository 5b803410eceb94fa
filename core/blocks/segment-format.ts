/*
 * The bytes of a segment: an append-only file of encoded blocks.
 *   0     "STRATSEG"
 *   8     u32 little-endian: 1, the version
 *   12    zeros up to 4,096
 *   4096  encoded blocks, each from a multiple of 4,096 on, zeros between them
 * Which blocks those are, the catalog knows. Aligned blocks can be punched out whole.
 */

export const SEGMENT_HEADER_BYTES = 4_096
export const ALIGN_BYTES = 4_096
/** A new segment is begun rather than let one grow over this. */
export const MAX_SEGMENT_BYTES = 64 * 2 ** 20
/** A segment's file name: 24 random hex digits, then thread and serial number. */
export const SEGMENT_NAME = /^[0-9a-f]{24}-\d{1,3}-\d{1,7}\.seg$/

const MAGIC = 'STRATSEG'
const VERSION = 1

export function segmentHeader(): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES)
  header.write(MAGIC, 'latin1')
  header.writeUInt32LE(VERSION, MAGIC.length)
  return header
}

/** `bytes` rounded up to where the next block may begin. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGN_BYTES) * ALIGN_BYTES
}
