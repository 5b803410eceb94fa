import { BLOCK_BYTES } from '../contract/units.ts'
import type { BlockKey } from '../crypto/sealed-block.ts'
import type { BlockRecord } from './block-record.ts'
import { blockError } from './fault-error.ts'
import { SegmentReader } from './segment-reader.ts'

/** Reads stored blocks one by one, in the thread that asks. */
export class BlockFetcher {
  readonly #reader = new SegmentReader()
  readonly #block = Buffer.allocUnsafeSlow(BLOCK_BYTES)

  /** Comes before the first `read`: the decoder may have to be loaded. */
  prepare(): Promise<void> {
    return this.#reader.prepare()
  }

  /**
   * @param file the segment's
   * @param key opens a sealed one
   * @returns the block, valid until the next call
   * @throws StrataError BLOCK_DAMAGED, SEGMENT_MISSING
   */
  read(index: number, record: BlockRecord, file: string, key?: BlockKey): Buffer {
    const opening = key && { key, index }
    const fault = this.#reader.read({ ...record, file, opening }, this.#block)
    if (fault !== null) throw blockError(fault, file, record.offset, index)
    return this.#block
  }

  /** A block of one pattern, valid until the next call. */
  filled(pattern: Uint8Array): Buffer {
    return this.#block.fill(pattern)
  }

  /** Files that are open meanwhile may be removed by whoever reclaims space. */
  close(): void {
    this.#reader.close()
  }
}
