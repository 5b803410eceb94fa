import type { BlockRecord } from './block-record.ts'
import { BlockWindow, FILL, RAW, ZSTD } from './block-window.ts'
import type { RestoreRun } from './restore.ts'
import type { WindowSource } from './window-pipeline.ts'

/** A window and the segment files that its `segments` column points into. */
export class FiledWindow extends BlockWindow {
  readonly files: string[] = []
  readonly #positions = new Map<number, number>()

  override clear(): void {
    super.clear()
    this.files.length = 0
    this.#positions.clear()
  }

  addRecord(index: number, record: BlockRecord, segmentFile: (segmentId: number) => string): void {
    let position = this.#positions.get(record.segmentId)
    if (position === undefined) {
      position = this.files.push(segmentFile(record.segmentId)) - 1
      this.#positions.set(record.segmentId, position)
    }
    const i = this.count++
    this.indices[i] = index
    this.segments[i] = position
    this.offsets[i] = record.offset
    this.lengths[i] = record.length
    this.states[i] = record.encoding === 'raw' ? RAW : ZSTD
    this.digestOf(i).set(record.sha256)
  }

  addFill(index: number, pattern: Uint8Array): void {
    const i = this.count++
    this.indices[i] = index
    this.states[i] = FILL
    this.digestOf(i).set(pattern)
  }
}

/** Half a GiB: what is hashed then is still in the system's cache. */
const WRITE_WINDOW_BLOCKS = 1_024

/** The blocks of `runs`, a window at a time. */
export function writeWindows(
  runs: Iterable<RestoreRun>,
  segmentFile: (segmentId: number) => string,
): WindowSource<FiledWindow> {
  const iterator = runs[Symbol.iterator]()
  let run: RestoreRun | null = null
  let next = 0

  return {
    make: () => new FiledWindow(WRITE_WINDOW_BLOCKS),
    fill(window) {
      while (!window.isFull) {
        if (!run || next === run.end) {
          const item = iterator.next()
          if (item.done) break
          if (item.value.start < next) throw new Error(`Runs out of order at block ${next}`)
          run = item.value
          next = run.start
          continue
        }
        if (run.kind === 'fill') window.addFill(next, run.pattern)
        else window.addRecord(next, run.records[next - run.start]!, segmentFile)
        next++
      }
      return window.count > 0
    },
  }
}
