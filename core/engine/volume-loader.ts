import type { BlockFetcher } from '../blocks/block-fetcher.ts'
import { Delta } from '../blocks/delta.ts'
import { type LoadTarget, plainTarget, slotTarget } from '../blocks/load-target.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
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
import type { Piece } from './block-map.ts'
import { letGoOfLoaded } from './keys-in-use.ts'
import type { Library } from './library.ts'
import { isDamage } from './library-damage.ts'
import { OpenKeys } from './open-keys.ts'
import { slotOf } from './sealed-volume.ts'
import { type Copied, forgetUnloaded } from './unloaded.ts'
import { type OpenVolume, withUnsyncedFile, withVolumeFile } from './volume-file.ts'

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
  readonly #fetcher: BlockFetcher
  /** Copied, and not said yet. */
  #copied: IndexSet = EMPTY
  #counts: Copied = { touchedBlocks: 0, backgroundBlocks: 0 }
  /** Fetches under way that the background waits for. */
  touches = 0
  readonly #listed = new Decoded()
  readonly #content = new Decoded()

  /** @param fetcher may be shared: nothing of it is kept between two calls of `copy` */
  constructor(library: Library, volumeId: VolumeId, fetcher: BlockFetcher) {
    this.#library = library
    this.volumeId = volumeId
    this.#fetcher = fetcher
  }

  /** Comes before each `copy`. @throws StrataError KEYS_LOCKED, PASSPHRASE_WRONG */
  async prepare(): Promise<void> {
    await this.#fetcher.prepare()
    if (this.#row.dataKey !== null) await this.#library.keyring.ready()
  }

  /** What still lies elsewhere. */
  get missing(): IndexSet {
    return minus(this.#unloaded.data, this.#copied)
  }

  /** Blocks that wait for `commit`. */
  get copiedCount(): number {
    return sizeOf(this.#copied)
  }

  /**
   * Copies these blocks, all of them `missing`, in one go.
   *
   * @returns the first of those that cannot be had; the others are there
   * @throws StrataError DISK_FULL, FILE_UNWRITABLE, KMSInvalidStateException,
   *   KEY_DELETED, KEYS_LOCKED
   */
  copy(blocks: IndexSet, cause: Cause): StrataError | null {
    const library = this.#library
    const keys = new OpenKeys(library, this.#row)
    const read = this.#reader(keys)
    let fault: StrataError | null = null
    try {
      withUnsyncedFile(library.volumeFile(this.volumeId), (file) => {
        const target = this.#target(file, keys)
        for (const [index, run] of this.#piecesOf(blocks)) {
          try {
            target.put(index, read(index, run))
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
      keys.wipe()
    }
    return fault
  }

  /** Syncs what was copied, then says so. Keys that were held for it go with the last block. */
  commit(): void {
    this.#sayCopied()
    if (isEmpty(this.#unloaded.data)) letGoOfLoaded(this.#library, this.volumeId)
  }

  #sayCopied(): void {
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
    if (isEmpty(minus(this.#unloaded.data, copied))) library.change(forget)
    else library.quietly(forget)
  }

  #reader(keys: OpenKeys): (index: number, run: Piece) => Buffer {
    const library = this.#library
    const segmentFile = library.segmentFiles()
    return (index, run) => {
      if (run.kind === 'fill') return this.#fetcher.filled(run.pattern)
      const record = library.blockRecord(run.firstBlockId)
      // What says of itself that it is plain was altered then: it would be made plain.
      if (record.seal !== undefined && this.#row.dataKey === null) {
        const problem = `block ${index} of a plain volume is encrypted`
        throw new StrataError('LIBRARY_DAMAGED', { path: library.path, problem })
      }
      const key = record.seal && keys.of(record.seal.dataKey)
      return this.#fetcher.read(index, record, segmentFile(record.segmentId), key)
    }
  }

  #target(file: OpenVolume, keys: OpenKeys): LoadTarget {
    const { dataKey, content, sizeBytes } = this.#row
    if (dataKey === null) return plainTarget(file, sizeBytes)
    const slots = this.#content.of(content!) // only managed volumes are loaded
    return slotTarget(file, keys.of(dataKey), (index) => slotOf(slots, index))
  }

  /** Each block with a run of its own. */
  *#piecesOf(blocks: IndexSet): Generator<[index: number, run: Piece]> {
    const unloaded = this.#unloaded
    for (const [index, end] of runsOf(blocks)) {
      for (let at = index; at < end; at += 1) {
        for (const run of unloaded.runsIn(at, at + 1)) if (run.kind !== 'hole') yield [at, run]
      }
    }
  }

  get #row(): VolumeRow {
    return this.#library.volumeRow(this.volumeId)
  }

  get #unloaded(): Delta {
    const blob = this.#library.loadRows().get(this.volumeId)?.unloaded
    return blob === undefined ? Delta.EMPTY : this.#listed.of(blob)
  }
}

/** Decoded once for each blob: it may have very many runs. */
class Decoded {
  #blob: Buffer | undefined
  #delta = Delta.EMPTY

  of(blob: Buffer): Delta {
    if (this.#blob !== blob) this.#delta = Delta.decode(blob)
    this.#blob = blob
    return this.#delta
  }
}

function isFault(error: unknown): error is StrataError {
  return (
    error instanceof StrataError &&
    (error.code === 'BLOCK_DAMAGED' || error.code === 'SEGMENT_MISSING' || isDamage(error))
  )
}
