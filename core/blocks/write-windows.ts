import type { BlockKey } from '../crypto/sealed-block.ts'
import { SEALED_BYTES } from '../crypto/sealed-block.ts'
import type { WindowWork } from './block-jobs.ts'
import type { BlockRecord, Encoding } from './block-record.ts'
import { BlockWindow, FILL, RAW, SEALED, SLOT, ZSTD } from './block-window.ts'
import type { RestoreRun } from './restore.ts'
import { slotOffset, type VolumeSlots } from './slots.ts'
import type { WindowSource } from './window-pipeline.ts'

/** Where the blocks of records lie. */
export type Sources = {
  /** The path of a segment's file. */
  segmentFile: (segmentId: number) => string
  /** What opens sealed blocks; without it they can only be checked. */
  keyOf?: ((dataKey: number) => BlockKey) | undefined
}

const STATES: Record<Encoding, number> = { raw: RAW, zstd: ZSTD, sealed: SEALED }

/** A window, and the files and keys that its `segments` and `keys` columns point into. */
export class FiledWindow extends BlockWindow {
  readonly #files = new Positions<number | string, string>()
  readonly #keys = new Positions<number | string, BlockKey>()

  /** What a job is given to work on it. */
  get work(): WindowWork {
    return { window: this.shared, files: this.#files.items, keys: this.#keys.items }
  }

  get files(): readonly string[] {
    return this.#files.items
  }

  override clear(): void {
    super.clear()
    this.#files.clear()
    this.#keys.clear()
  }

  addRecord(index: number, record: BlockRecord, { segmentFile, keyOf }: Sources): void {
    const { segmentId, seal } = record
    const i = this.count++
    this.indices[i] = index
    this.segments[i] = this.#files.of(segmentId, () => segmentFile(segmentId))
    this.offsets[i] = record.offset
    this.lengths[i] = record.length
    this.states[i] = STATES[record.encoding]
    this.digestOf(i).set(record.sha256)
    if (seal === undefined) return
    this.identityOf(i).set(seal.identity)
    if (keyOf !== undefined) this.keys[i] = this.#keys.of(seal.dataKey, () => keyOf(seal.dataKey))
  }

  addFill(index: number, pattern: Uint8Array): void {
    const i = this.count++
    this.indices[i] = index
    this.states[i] = FILL
    this.digestOf(i).set(pattern)
  }

  /** A block in a volume's file. */
  addSlot(index: number, slot: number, { file, key }: VolumeSlots): void {
    const i = this.count++
    this.indices[i] = index
    this.segments[i] = this.#files.of(file, () => file)
    this.keys[i] = this.#keys.of(file, () => key)
    this.offsets[i] = slotOffset(slot)
    this.lengths[i] = SEALED_BYTES
    this.states[i] = SLOT
  }

  /** A block in which nothing was written yet. */
  addEmpty(index: number): void {
    const i = this.count++
    this.indices[i] = index
    this.states[i] = 0
  }
}

/** Things of a window, each once, by what they are found under. */
class Positions<K, T> {
  readonly items: T[] = []
  readonly #of = new Map<K, number>()

  of(key: K, make: () => T): number {
    let position = this.#of.get(key)
    if (position === undefined) {
      position = this.items.push(make()) - 1
      this.#of.set(key, position)
    }
    return position
  }

  clear(): void {
    this.items.length = 0
    this.#of.clear()
  }
}

/** Half a GiB: what is hashed then is still in the system's cache. */
const WRITE_WINDOW_BLOCKS = 1_024

/** The blocks of `runs`, a window at a time. */
export function writeWindows(
  runs: Iterable<RestoreRun>,
  sources: Sources,
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
        add(window, next, run, sources)
        next++
      }
      return window.count > 0
    },
  }
}

function add(window: FiledWindow, index: number, run: RestoreRun, sources: Sources): void {
  switch (run.kind) {
    case 'fill':
      window.addFill(index, run.pattern)
      break
    case 'data':
      window.addRecord(index, run.records[index - run.start]!, sources)
      break
    case 'slots':
      window.addSlot(index, run.firstSlot + index - run.start, run.of)
      break
    case 'empty':
      window.addEmpty(index)
      break
    default:
      run satisfies never
  }
}
