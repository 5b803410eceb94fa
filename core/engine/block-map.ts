import type { BlockRecord } from '../blocks/block-record.ts'
import type { DeltaRun } from '../blocks/delta.ts'
import type { RestoreRun } from '../blocks/restore.ts'
import type { ParentBlocks } from '../blocks/scan.ts'
import { SnapshotId } from '../contract/ids.ts'
import { mapOf } from '../lineage/block-map.ts'
import type { Library } from './library.ts'

/** Blocks whose records are looked up together: 48 KiB of them. */
const WINDOW_BLOCKS = 1_024
/** What `parentBlocks` says of a block; 0: nothing is there. */
const STATE = { data: 1, fill: 2 }
const DIGEST_BYTES = 32

/** A run of blocks that hold something. */
export type Piece = Exclude<DeltaRun, { kind: 'hole' }>

/** What one snapshot reads at every index, down to the stored blocks. Sorted, without holes. */
export class BlockMap {
  readonly pieces: readonly Piece[]
  readonly #library: Library

  constructor(library: Library, pieces: readonly Piece[]) {
    this.#library = library
    this.pieces = pieces
  }

  /** Also of a deleted one, as long as its node is there. */
  static of(library: Library, id: SnapshotId): BlockMap {
    const lineage = library.lineage()
    const { starts, ends, writers } = mapOf(lineage, id)
    const pieces: Piece[] = []
    for (const [writer, runs] of groupRuns(writers)) {
      const delta = library.deltaOf(SnapshotId.parse(lineage.nodes[writer]!.id))
      const wanted = runs.map((i) => [starts[i]!, ends[i]!] as const)
      for (const piece of clip(delta.runs(), wanted)) pieces.push(piece)
    }
    pieces.sort((a, b) => a.start - b.start)
    return new BlockMap(library, pieces)
  }

  /** For writing it to a file, in windows that keep memory small. */
  *restoreRuns(): Generator<RestoreRun> {
    for (const piece of this.pieces) {
      if (piece.kind === 'fill') {
        yield piece
        continue
      }
      for (let start = piece.start; start < piece.end; start += WINDOW_BLOCKS) {
        const end = Math.min(piece.end, start + WINDOW_BLOCKS)
        yield { kind: 'data', start, end, records: this.#records(piece, start, end) }
      }
    }
  }

  /** For comparing an image with it. */
  readonly parentBlocks: ParentBlocks = (start, end, states, digests) => {
    for (let i = this.#firstPieceAfter(start); i < this.pieces.length; i += 1) {
      const piece = this.pieces[i]!
      if (piece.start >= end) return
      const from = Math.max(start, piece.start)
      const to = Math.min(end, piece.end)
      if (piece.kind === 'fill') {
        for (let index = from; index < to; index += 1) {
          states[index - start] = STATE.fill
          digests.set(piece.pattern, (index - start) * DIGEST_BYTES)
        }
        continue
      }
      for (const [k, record] of this.#records(piece, from, to).entries()) {
        states[from + k - start] = STATE.data
        digests.set(record.seal?.identity ?? record.sha256, (from + k - start) * DIGEST_BYTES)
      }
    }
  }

  /** @throws StrataError LIBRARY_DAMAGED when the catalog has lost a block */
  #records(piece: Piece & { kind: 'data' }, start: number, end: number): BlockRecord[] {
    return Array.from({ length: end - start }, (_, k) => {
      const blockId = piece.firstBlockId + (start - piece.start) + k
      return this.#library.blockRecord(blockId)
    })
  }

  /** The first piece that ends after `index`. */
  #firstPieceAfter(index: number): number {
    let low = 0
    let high = this.pieces.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.pieces[middle]!.end <= index) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** The runs of each writer, in order. */
function groupRuns(writers: Int32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const [i, writer] of writers.entries()) {
    const group = groups.get(writer)
    if (group === undefined) groups.set(writer, [i])
    else group.push(i)
  }
  return groups
}

/** The parts of a delta's runs that lie in the wanted ranges; both sorted. */
function* clip(
  runs: Iterable<DeltaRun>,
  wanted: readonly (readonly [start: number, end: number])[],
): Generator<Piece> {
  let next = 0
  for (const run of runs) {
    if (run.kind === 'hole') continue
    while (next < wanted.length && wanted[next]![1] <= run.start) next += 1
    for (let w = next; w < wanted.length && wanted[w]![0] < run.end; w += 1) {
      yield part(run, Math.max(run.start, wanted[w]![0]), Math.min(run.end, wanted[w]![1]))
    }
  }
}

function part(run: Piece, start: number, end: number): Piece {
  if (run.kind === 'fill') return { ...run, start, end }
  return { ...run, start, end, firstBlockId: run.firstBlockId + (start - run.start) }
}
