/* Plain numbers, apart from the schemas: a block thread starts faster without a parser. */

/** Bytes in one block: 512 KiB, the block of Amazon EBS snapshots. */
export const BLOCK_BYTES = 524_288

/** The largest volume, 64 TiB, as in Amazon EBS: 134,217,728 blocks, so an index fits 32 bits. */
export const MAX_VOLUME_BYTES = 64 * 2 ** 40

/** Longest name, in UTF-16 code units. EBS allows 255 for a Name tag. */
export const MAX_NAME_LENGTH = 255

/** Longest description of a snapshot, in UTF-16 code units, as in EC2. */
export const MAX_DESCRIPTION_LENGTH = 255

/** Blocks of a volume of this size; the last one may be partial. */
export function blocksIn(sizeBytes: number): number {
  return Math.ceil(sizeBytes / BLOCK_BYTES)
}
