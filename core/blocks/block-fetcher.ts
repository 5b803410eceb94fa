import { BLOCK_BYTES } from '../contract/units.ts'
import type { BlockRecord } from './block-record.ts'
import { blockError } from './fault-error.ts'
import { writeFully } from './full-write.ts'
import { SegmentReader } from './segment-reader.ts'

/** Copies stored blocks one by one to their places in a file, in the thread that asks. */
export class BlockFetcher {
  readonly #reader = new SegmentReader()
  readonly #block = Buffer.allocUnsafeSlow(BLOCK_BYTES)

  /** Comes before the first `fetch`: the decoder may have to be loaded. */
  prepare(): Promise<void> {
    return this.#reader.prepare()
  }

  /**
   * @param file the segment's
   * @param into a file of `sizeBytes`, open for writing; the last block is cut to that
   * @throws StrataError BLOCK_DAMAGED, SEGMENT_MISSING: nothing was written then; DISK_FULL,
   *   FILE_UNWRITABLE
   */
  fetch(
    index: number,
    record: BlockRecord,
    file: string,
    into: { fd: number; path: string; sizeBytes: number },
  ): void {
    const fault = this.#reader.read({ ...record, file }, this.#block)
    if (fault !== null) {
      throw blockError(fault, file, record.offset, index)
    }
    const at = index * BLOCK_BYTES
    writeFully(into.fd, into.path, this.#block.subarray(0, into.sizeBytes - at), at)
  }

  /** Files that are open meanwhile may be removed by whoever reclaims space. */
  close(): void {
    this.#reader.close()
  }
}
