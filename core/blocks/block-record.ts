/** How a block's bytes lie in its segment. */
export type Encoding = 'raw' | 'zstd' | 'sealed'

/** Where the bytes of one stored block lie, and what they must hash to. */
export type BlockRecord = {
  blockId: number
  /** SHA-256 of the 524,288 bytes of the block, before compression; of a sealed one as it lies. */
  sha256: Buffer
  segmentId: number
  /** Byte in the segment file where the encoded block starts. A multiple of 4,096. */
  offset: number
  /** Encoded bytes; 524,288 for a raw block, 28 more for a sealed one. */
  length: number
  encoding: Encoding
  /** Of a sealed one. */
  seal?: BlockSeal
}

export type BlockSeal = {
  /** The number of the data key that opens it. */
  dataKey: number
  /** Tells whether two blocks of a lineage are equal: a digest under a key (`identityOf`). 32 bytes. */
  identity: Buffer
}
