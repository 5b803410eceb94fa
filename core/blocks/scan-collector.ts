import { type IndexSet, RunWriter } from '../lineage/index-set.ts'
import {
  type BlockWindow,
  FILL,
  HOLE,
  RAW,
  SEALED,
  SERIALS_PER_THREAD,
  ZSTD,
} from './block-window.ts'
import { PATTERN_BYTES } from './fill.ts'
import type { NewSegment } from './scan.ts'
import { joinSegments } from './segment-session.ts'
import { StoredBlocks } from './stored-blocks.ts'

type FillRun = { start: number; end: number; pattern: Buffer }

/** Puts the results of a scan together, window by window, in order of the blocks. */
export class ScanCollector {
  readonly #holes = new RunWriter()
  readonly #fills: FillRun[] = []
  readonly #blocks = new StoredBlocks()

  take(window: BlockWindow): void {
    for (let i = 0; i < window.count; i++) {
      const state = window.states[i]
      if (state === 0) continue
      const index = window.indices[i]!
      const digest = window.digestOf(i)
      if (state === HOLE) {
        this.#holes.add(index, index + 1)
      } else if (state === FILL) {
        this.#addFill(index, digest.subarray(0, PATTERN_BYTES))
      } else if (state === RAW || state === ZSTD) {
        const { segments, offsets, lengths } = window
        this.#blocks.add(index, segments[i]!, offsets[i]!, lengths[i]!, digest)
      } else if (state === SEALED) {
        const { segments, offsets, lengths } = window
        const identity = window.identityOf(i)
        this.#blocks.add(index, segments[i]!, offsets[i]!, lengths[i]!, digest, identity)
      }
    }
  }

  /** @param perThread the segments of each thread, in order of their serial numbers */
  finish(perThread: readonly NewSegment[][]): {
    holes: IndexSet
    fills: FillRun[]
    blocks: StoredBlocks
    segments: NewSegment[]
  } {
    const { segments, positionOf } = joinSegments(perThread)
    this.#blocks.renameSegments((code) => {
      return positionOf(Math.floor(code / SERIALS_PER_THREAD), code % SERIALS_PER_THREAD)
    })
    return { holes: this.#holes.finish(), fills: this.#fills, blocks: this.#blocks, segments }
  }

  #addFill(index: number, pattern: Uint8Array): void {
    const last = this.#fills[this.#fills.length - 1]
    if (last?.end === index && last.pattern.equals(pattern)) last.end++
    else this.#fills.push({ start: index, end: index + 1, pattern: Buffer.from(pattern) })
  }
}
