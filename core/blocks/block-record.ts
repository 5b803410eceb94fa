/** How a block's bytes lie in its segment. */
export type Encoding = 'raw' | 'zstd'

/** Where the bytes of one stored block lie, and what they must hash to. */
export type BlockRecord = {
  blockId: number
  /** SHA-256 of the 524,288 bytes of the block, before compression. 32 bytes. */
  sha256: Buffer
  segmentId: number
  /** Byte in the segment file where the encoded block starts. A multiple of 4,096. */
  offset: number
  /** Encoded bytes; 524,288 for a raw block. */
  length: number
  encoding: Encoding
}
