import { BLOCK_BYTES } from '../contract/model.ts'
import type { BlockRecord } from './block-record.ts'

const SHA_BYTES = 32

/** Stored blocks in order of their index, in plain arrays: 45 bytes a block. */
export class StoredBlocks {
  /** Index in the volume, ascending. */
  readonly indices: Uint32Array
  /** Which of the new segments, as an index in `ScanResult.segments`. */
  readonly segments: Uint32Array
  readonly offsets: Uint32Array
  readonly lengths: Uint32Array
  readonly #digests: Uint8Array

  constructor(columns: {
    indices: Uint32Array
    segments: Uint32Array
    offsets: Uint32Array
    lengths: Uint32Array
    digests: Uint8Array
  }) {
    this.indices = columns.indices
    this.segments = columns.segments
    this.offsets = columns.offsets
    this.lengths = columns.lengths
    this.#digests = columns.digests
  }

  get count(): number {
    return this.indices.length
  }

  indexOf(i: number): number {
    return at(this.indices, i)
  }

  sha256Of(i: number): Buffer {
    at(this.indices, i)
    return Buffer.from(this.#digests.subarray(i * SHA_BYTES, (i + 1) * SHA_BYTES))
  }

  /** @param segmentIds the catalog's ids of `ScanResult.segments`, in that order */
  recordOf(i: number, blockId: number, segmentIds: readonly number[]): BlockRecord {
    const segmentId = segmentIds[at(this.segments, i)]
    if (segmentId === undefined) throw new Error(`Stored block ${i} lies in no given segment`)
    const length = at(this.lengths, i)
    return {
      blockId,
      sha256: this.sha256Of(i),
      segmentId,
      offset: at(this.offsets, i),
      length,
      encoding: length === BLOCK_BYTES ? 'raw' : 'zstd',
    }
  }

  /** Runs of neighbouring indices; `first` is the position of the block at `start`. */
  *runs(): Generator<{ start: number; end: number; first: number }> {
    let first = 0
    for (let i = 1; i <= this.count; i++) {
      if (i < this.count && this.indexOf(i) === this.indexOf(i - 1) + 1) continue
      yield { start: this.indexOf(first), end: this.indexOf(i - 1) + 1, first }
      first = i
    }
  }
}

function at(column: Uint32Array, i: number): number {
  const value = column[i]
  if (value === undefined) throw new RangeError(`There is no stored block ${i}`)
  return value
}
