import { BLOCK_BYTES } from '../contract/units.ts'
import type { BlockRecord } from './block-record.ts'
import { DIGEST_BYTES } from './block-window.ts'

/** Stored blocks in order of their index, in plain arrays: 48 bytes a block. */
export class StoredBlocks {
  readonly #chunks: Chunk[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Where block `i` of these lies in the volume. Ascending. */
  indexOf(i: number): number {
    return this.#cell(i, 'indices')
  }

  /** Which of the new segments holds it: a position in `ScanResult.segments`. */
  segmentOf(i: number): number {
    return this.#cell(i, 'segments')
  }

  /** A view, valid as long as these blocks. */
  sha256Of(i: number): Buffer {
    const { digests } = this.#chunkOf(i)
    const at = (i % CHUNK_BLOCKS) * DIGEST_BYTES
    return Buffer.from(digests.buffer, at, DIGEST_BYTES)
  }

  /** As `sha256Of`; null: it is not sealed. */
  identityOf(i: number): Buffer | null {
    const { identities } = this.#chunkOf(i)
    if (identities === null) return null
    return Buffer.from(identities.buffer, (i % CHUNK_BLOCKS) * DIGEST_BYTES, DIGEST_BYTES)
  }

  /**
   * @param segmentIds the catalog's ids of `ScanResult.segments`, in that order
   * @param dataKey the number of the key that sealed them; null: they are not sealed
   */
  recordOf(
    i: number,
    blockId: number,
    segmentIds: readonly number[],
    dataKey: number | null = null,
  ): BlockRecord {
    const segmentId = segmentIds[this.segmentOf(i)]
    if (segmentId === undefined) throw new Error(`Stored block ${i} lies in no given segment`)
    const length = this.#cell(i, 'lengths')
    const identity = this.identityOf(i)
    if ((identity === null) !== (dataKey === null)) throw new Error(`Whose seal has block ${i}?`)
    return {
      blockId,
      sha256: this.sha256Of(i),
      segmentId,
      offset: this.#cell(i, 'offsets'),
      length,
      encoding: identity ? 'sealed' : length === BLOCK_BYTES ? 'raw' : 'zstd',
      ...(identity && dataKey !== null && { seal: { dataKey, identity } }),
    }
  }

  /** Runs of neighbouring indices; `first` is the position among these of the block at `start`. */
  *runs(): Generator<{ start: number; end: number; first: number }> {
    let first = 0
    for (let i = 1; i <= this.#count; i++) {
      if (i < this.#count && this.indexOf(i) === this.indexOf(i - 1) + 1) continue
      yield { start: this.indexOf(first), end: this.indexOf(i - 1) + 1, first }
      first = i
    }
  }

  /** For who collects them. */
  add(
    index: number,
    segment: number,
    offset: number,
    length: number,
    sha256: Uint8Array,
    identity: Uint8Array | null = null,
  ): void {
    const at = this.#count++ % CHUNK_BLOCKS
    if (at === 0) this.#chunks.push(newChunk())
    const chunk = this.#chunks[this.#chunks.length - 1]!
    chunk.indices[at] = index
    chunk.segments[at] = segment
    chunk.offsets[at] = offset
    chunk.lengths[at] = length
    chunk.digests.set(sha256, at * DIGEST_BYTES)
    if (identity === null) return
    chunk.identities ??= new Uint8Array(CHUNK_BLOCKS * DIGEST_BYTES)
    chunk.identities.set(identity, at * DIGEST_BYTES)
  }

  /** Changes what the segments are called, when all are known. */
  renameSegments(rename: (segment: number) => number): void {
    for (let i = 0; i < this.#count; i++) {
      const { segments } = this.#chunkOf(i)
      segments[i % CHUNK_BLOCKS] = rename(segments[i % CHUNK_BLOCKS]!)
    }
  }

  #cell(i: number, column: 'indices' | 'segments' | 'offsets' | 'lengths'): number {
    return this.#chunkOf(i)[column][i % CHUNK_BLOCKS]!
  }

  #chunkOf(i: number): Chunk {
    const chunk = i >= 0 && i < this.#count && this.#chunks[Math.floor(i / CHUNK_BLOCKS)]
    if (!chunk) throw new RangeError(`There is no stored block ${i}`)
    return chunk
  }
}

/** Small enough for a snapshot of one block, large enough for one of millions. */
const CHUNK_BLOCKS = 1_024

type Chunk = {
  indices: Uint32Array
  segments: Uint32Array
  offsets: Uint32Array
  lengths: Uint32Array
  digests: Uint8Array<ArrayBuffer>
  /** Only of sealed blocks. */
  identities: Uint8Array<ArrayBuffer> | null
}

function newChunk(): Chunk {
  const column = () => new Uint32Array(CHUNK_BLOCKS)
  return {
    indices: column(),
    segments: column(),
    offsets: column(),
    lengths: column(),
    digests: new Uint8Array(CHUNK_BLOCKS * DIGEST_BYTES),
    identities: null,
  }
}
