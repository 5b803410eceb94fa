import { BLOCK_BYTES } from '../contract/units.ts'
import type { BlockKey } from '../crypto/sealed-block.ts'
import type { Encoding } from './block-record.ts'
import { type BlockWindow, RAW, SEALED, SLOT, UNIT_BLOCKS, ZSTD } from './block-window.ts'
import { type BlockFault, check, type Place, SegmentReader } from './segment-reader.ts'

/** Reads the stored blocks of a unit of a window into one buffer, a slot each, and checks them. */
export class UnitReader {
  readonly memory: Buffer = Buffer.allocUnsafeSlow(UNIT_BLOCKS * BLOCK_BYTES)
  readonly #reader = new SegmentReader()

  slot(n: number): Buffer {
    return this.memory.subarray(n * BLOCK_BYTES, (n + 1) * BLOCK_BYTES)
  }

  /** Comes before the first `read` of a window. */
  async prepare(window: BlockWindow): Promise<void> {
    if (window.states.subarray(0, window.count).includes(ZSTD)) await this.#reader.prepare()
  }

  /**
   * Reads items `from` to `to - 1`; those that are no stored blocks are left alone.
   *
   * @param lying the window's files and keys, which its columns point into
   * @param onFault called for each block that cannot be had, with its item
   */
  read(
    window: BlockWindow,
    lying: Lying,
    from: number,
    to: number,
    onFault: (item: number, fault: BlockFault) => void,
  ): void {
    for (let i = from; i < to; ) {
      const end = rawRunEnd(window, i, to)
      if (end - i > 1 && this.#readRun(window, lying.files, from, i, end)) {
        i = end
        continue
      }
      // Alone, or something is wrong in the run: block by block finds out where.
      for (const stop = Math.max(end, i + 1); i < stop; i++) {
        const place = placeOf(window, lying, i)
        const fault = place && this.#reader.read(place, this.slot(i - from))
        if (fault) onFault(i, fault)
      }
    }
  }

  close(): void {
    this.#reader.close()
  }

  /** Raw blocks that follow each other on disk, with one read. @returns whether all were right */
  #readRun(
    window: BlockWindow,
    files: readonly string[],
    unitStart: number,
    from: number,
    end: number,
  ): boolean {
    const into = this.memory.subarray(
      (from - unitStart) * BLOCK_BYTES,
      (end - unitStart) * BLOCK_BYTES,
    )
    const file = files[window.segments[from]!]!
    if (this.#reader.readBytes(file, window.offsets[from]!, into)) return false
    for (let i = from; i < end; i++) {
      if (check({ sha256: window.digestOf(i) }, this.slot(i - unitStart))) return false
    }
    return true
  }
}

/** The files and the keys of a window's blocks. Sealed blocks without keys are only checked. */
export type Lying = { files: readonly string[]; keys: readonly BlockKey[] }

/** Where stored block `i` of a window lies; null when it is not a stored one. */
export function placeOf(window: BlockWindow, { files, keys }: Lying, i: number): Place | null {
  const encoding = ENCODINGS[window.states[i]!]
  if (encoding === undefined) return null
  const key = encoding === 'sealed' ? keys[window.keys[i]!] : undefined
  return {
    file: files[window.segments[i]!]!,
    offset: window.offsets[i]!,
    length: window.lengths[i]!,
    encoding,
    sha256: window.states[i] === SLOT ? null : window.digestOf(i),
    opening: key && { key, index: window.indices[i]! },
  }
}

const ENCODINGS: Record<number, Encoding | undefined> = {
  [RAW]: 'raw',
  [ZSTD]: 'zstd',
  [SEALED]: 'sealed',
  [SLOT]: 'sealed',
}

function rawRunEnd(window: BlockWindow, from: number, to: number): number {
  const { states, segments, offsets } = window
  let end = from
  while (
    end < to &&
    states[end] === RAW &&
    segments[end] === segments[from] &&
    offsets[end] === offsets[from]! + (end - from) * BLOCK_BYTES
  ) {
    end++
  }
  return end
}
