import type { DeltaRun } from '../blocks/delta.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { blocksIn } from '../contract/units.ts'
import { BlockMap, type Piece } from '../engine/block-map.ts'
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

/**
 * Compares by content: what was written again with the same bytes need not move. Time O(pieces of
 * both + blocks that both store), whatever the size of the volume.
 */
export function copyChangesOf(
  library: Library,
  sourceId: SnapshotId,
  baseId: SnapshotId | null,
): CopyChanges {
  const ours = BlockMap.of(library, sourceId).pieces
  const theirs = baseId === null ? [] : BlockMap.of(library, baseId).pieces
  const changes: CopyChanges = { runs: [], indices: [], blockIds: [], movedBlocks: 0 }
  for (const [start, end, our, their] of inStep(ours, theirs)) {
    if (our === undefined) changes.runs.push({ kind: 'hole', start, end })
    else if (our.kind === 'fill') addFill(changes, start, end, our, their)
    else addData(library, changes, start, end, our, their)
  }
  return { ...changes, runs: withTail(changes.runs, tailOf(library, sourceId, baseId)) }
}

/** Where a base goes on behind the end of the source: it was copied when the volume had grown. */
function tailOf(
  library: Library,
  sourceId: SnapshotId,
  baseId: SnapshotId | null,
): [start: number, end: number] | null {
  if (baseId === null) return null
  const [start, end] = [sourceId, baseId].map((id) =>
    blocksIn(library.snapshotRows().get(id)!.volumeSizeBytes),
  ) as [number, number]
  return end > start ? [start, end] : null
}

/** Hides all of the tail, whether the base holds anything there or not. */
function withTail(
  runs: readonly DeltaRun[],
  tail: [start: number, end: number] | null,
): DeltaRun[] {
  if (tail === null) return [...runs]
  const [start, end] = tail
  const inside = runs
    .filter((run) => run.start < start)
    .map((run) => ({ ...run, end: Math.min(run.end, start) }))
  return [...inside, { kind: 'hole', start, end }]
}

type Fill = Piece & { kind: 'fill' }
type Data = Piece & { kind: 'data' }
type Step = [start: number, end: number, our: Piece | undefined, their: Piece | undefined]

/** Both maps in parts that neither divides further; where neither holds anything is left out. */
export function* inStep(ours: readonly Piece[], theirs: readonly Piece[]): Generator<Step> {
  let inOurs = 0
  let inTheirs = 0
  let at = 0
  while (inOurs < ours.length || inTheirs < theirs.length) {
    const our = ours[inOurs]
    const their = theirs[inTheirs]
    const end = Math.min(nextEnd(our, at), nextEnd(their, at))
    const ourHere = our !== undefined && our.start <= at ? our : undefined
    const theirHere = their !== undefined && their.start <= at ? their : undefined
    if (ourHere !== undefined || theirHere !== undefined) yield [at, end, ourHere, theirHere]
    at = end
    if (our?.end === at) inOurs += 1
    if (their?.end === at) inTheirs += 1
  }
}

/** Where a piece begins that lies ahead, or ends that is under way. */
function nextEnd(piece: Piece | undefined, at: number): number {
  if (piece === undefined) return Number.POSITIVE_INFINITY
  return at < piece.start ? piece.start : piece.end
}

function addFill(
  changes: CopyChanges,
  start: number,
  end: number,
  { pattern }: Fill,
  their: Piece | undefined,
): void {
  if (their?.kind === 'fill' && their.pattern.equals(pattern)) return
  changes.runs.push({ kind: 'fill', start, end, pattern })
  changes.movedBlocks += end - start
}

function addData(
  library: Library,
  changes: CopyChanges,
  start: number,
  end: number,
  our: Data,
  their: Piece | undefined,
): void {
  for (let index = start; index < end; index += 1) {
    const blockId = blockIdAt(our, index)
    if (their?.kind === 'data' && isSame(library, blockId, blockIdAt(their, index))) continue
    changes.indices.push(index)
    changes.blockIds.push(blockId)
    changes.movedBlocks += 1
  }
}

function blockIdAt({ firstBlockId, start }: Data, index: number): number {
  return firstBlockId + index - start
}

function isSame(library: Library, one: number, other: number): boolean {
  if (one === other) return true
  return library.blockRecord(one).sha256.equals(library.blockRecord(other).sha256)
}
