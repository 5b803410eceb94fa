import type { DeltaRun } from '../blocks/delta.ts'
import { PATTERN_BYTES } from '../blocks/fill.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { BlockMap, DIGEST_BYTES, STATE } from '../engine/block-map.ts'
import type { Library } from '../engine/library.ts'

/** What a copy has to say: all that it reads and its base does not. */
export type CopyChanges = {
  /** Fill blocks, and holes where only the base has data. */
  runs: DeltaRun[]
  /** Stored blocks to transfer: where they lie in the volume, ascending, and their ids. */
  indices: number[]
  blockIds: number[]
  /** Data and fill blocks that are transferred. */
  movedBlocks: number
}

/** Compared at a time: a MiB of digests for each side. */
const WINDOW_BLOCKS = 32_768

/** Compares by content: what was written again with the same bytes need not move. */
export function copyChangesOf(
  library: Library,
  sourceId: SnapshotId,
  baseId: SnapshotId | null,
): CopyChanges {
  const source = BlockMap.of(library, sourceId)
  const base = baseId === null ? null : BlockMap.of(library, baseId)
  const changes: CopyChanges = { runs: [], indices: [], blockIds: [], movedBlocks: 0 }
  const end = Math.max(endOf(source), base === null ? 0 : endOf(base))
  const ours = new Side(source)
  const theirs = base === null ? null : new Side(base)
  for (let start = 0; start < end; start += WINDOW_BLOCKS) {
    const count = Math.min(WINDOW_BLOCKS, end - start)
    ours.load(start, count)
    theirs?.load(start, count)
    for (let i = 0; i < count; i += 1) compare(changes, start + i, i, ours, theirs)
  }
  const movedFills = changes.runs.filter(({ kind }) => kind === 'fill').length
  return {
    ...changes,
    blockIds: source.blockIdsAt(changes.indices),
    movedBlocks: changes.indices.length + movedFills,
  }
}

function compare(
  { runs, indices }: CopyChanges,
  index: number,
  at: number,
  ours: Side,
  theirs: Side | null,
): void {
  const state = ours.states[at]!
  const other = theirs === null ? 0 : theirs.states[at]!
  if (state === 0) {
    if (other !== 0) runs.push({ kind: 'hole', start: index, end: index + 1 })
    return
  }
  if (state === other && ours.digestAt(at).equals(theirs!.digestAt(at))) return
  if (state === STATE.data) {
    indices.push(index)
    return
  }
  const pattern = Buffer.from(ours.digestAt(at).subarray(0, PATTERN_BYTES))
  runs.push({ kind: 'fill', start: index, end: index + 1, pattern })
}

/** What one of the two reads in a window. */
class Side {
  readonly states = new Uint8Array(WINDOW_BLOCKS)
  readonly #digests = Buffer.alloc(WINDOW_BLOCKS * DIGEST_BYTES)
  readonly #map: BlockMap

  constructor(map: BlockMap) {
    this.#map = map
  }

  load(start: number, count: number): void {
    this.states.fill(0)
    this.#digests.fill(0)
    this.#map.parentBlocks(start, start + count, this.states, this.#digests)
  }

  digestAt(at: number): Buffer {
    return this.#digests.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES)
  }
}

function endOf({ pieces }: BlockMap): number {
  return pieces[pieces.length - 1]?.end ?? 0
}
