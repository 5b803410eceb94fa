import { BlockFetcher } from '../blocks/block-fetcher.ts'
import { Delta } from '../blocks/delta.ts'
import { StrataError } from '../contract/errors.ts'
import type { VolumeId } from '../contract/ids.ts'
import {
  EMPTY,
  type IndexSet,
  isEmpty,
  minus,
  runsOf,
  sizeOf,
  span,
  union,
} from '../lineage/index-set.ts'
import type { Library } from './library.ts'
import { type Copied, forgetUnloaded } from './unloaded.ts'
import { withUnsyncedFile, withVolumeFile } from './volume-file.ts'

/** Why a block is copied: something needs it now, or its turn has come. */
export type Cause = 'touch' | 'background'

/**
 * Copies the blocks of one volume, in whatever order they are asked for. What is copied is said in
 * the catalog by `commit`, after it was synced: until then it counts as not loaded, and copying it
 * again would do no harm.
 */
export class VolumeLoader {
  readonly volumeId: VolumeId
  readonly #library: Library
  readonly #fetcher = new BlockFetcher()
  /** Copied, and not said yet. */
  #copied: IndexSet = EMPTY
  #counts: Copied = { touchedBlocks: 0, backgroundBlocks: 0 }
  /** Fetches under way that the background waits for. */
  touches = 0
  #decoded: { blob: Buffer; unloaded: Delta } | undefined

  constructor(library: Library, volumeId: VolumeId) {
    this.#library = library
    this.volumeId = volumeId
  }

  /** Comes before the first `copy`. */
  prepare(): Promise<void> {
    return this.#fetcher.prepare()
  }

  /** What still lies elsewhere. */
  get missing(): IndexSet {
    return minus(this.#unloaded.stored, this.#copied)
  }

  /** Blocks that wait for `commit`. */
  get copiedCount(): number {
    return sizeOf(this.#copied)
  }

  /**
   * Copies these blocks, all of them `missing`, in one go.
   *
   * @returns the first of those that cannot be had; the others are there
   * @throws StrataError LIBRARY_DAMAGED, DISK_FULL, FILE_UNWRITABLE
   */
  copy(blocks: IndexSet, cause: Cause): StrataError | null {
    const library = this.#library
    const { sizeBytes } = library.volumeRow(this.volumeId)
    const segmentFile = library.segmentFiles()
    let fault: StrataError | null = null
    try {
      withUnsyncedFile(library.volumeFile(this.volumeId), ({ fd, path }) => {
        for (const [index, blockId] of this.#placesOf(blocks)) {
          const record = library.blockRecord(blockId)
          try {
            this.#fetcher.fetch(index, record, segmentFile(record.segmentId), {
              fd,
              path,
              sizeBytes,
            })
          } catch (error) {
            if (!isFault(error)) throw error
            fault ??= error
            continue
          }
          this.#copied = union(this.#copied, span(index, index + 1))
          this.#counts[cause === 'touch' ? 'touchedBlocks' : 'backgroundBlocks'] += 1
        }
      })
    } finally {
      this.#fetcher.close()
    }
    return fault
  }

  /** Syncs what was copied, then says so. */
  commit(): void {
    if (isEmpty(this.#copied)) return
    const library = this.#library
    const copied = this.#copied
    const counts = this.#counts
    this.#copied = EMPTY
    this.#counts = { touchedBlocks: 0, backgroundBlocks: 0 }
    // Its volume may be gone by now.
    if (!library.loadRows().has(this.volumeId)) return
    withVolumeFile(library.volumeFile(this.volumeId), () => {})
    const forget = () => forgetUnloaded(library, this.volumeId, copied, counts)
    // Nobody is shown each step; the end is worth telling.
    if (isEmpty(minus(this.#unloaded.stored, copied))) library.change(forget)
    else library.quietly(forget)
  }

  *#placesOf(blocks: IndexSet): Generator<[index: number, blockId: number]> {
    const unloaded = this.#unloaded
    for (const [start, end] of runsOf(blocks)) {
      for (const run of unloaded.runsIn(start, end)) {
        if (run.kind !== 'data') continue
        for (let index = run.start; index < run.end; index += 1) {
          yield [index, run.firstBlockId + index - run.start]
        }
      }
    }
  }

  /** Decoded once for each row: it may have very many runs. */
  get #unloaded(): Delta {
    const blob = this.#library.loadRows().get(this.volumeId)?.unloaded
    if (blob === undefined) return Delta.EMPTY
    if (this.#decoded?.blob !== blob) this.#decoded = { blob, unloaded: Delta.decode(blob) }
    return this.#decoded.unloaded
  }
}

function isFault(error: unknown): error is StrataError {
  return (
    error instanceof StrataError &&
    (error.code === 'BLOCK_DAMAGED' || error.code === 'SEGMENT_MISSING')
  )
}
