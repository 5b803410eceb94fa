import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BlockRecord } from '../blocks/block-record.ts'
import type { Delta, DeltaRun } from '../blocks/delta.ts'
import type { StoredBlocks } from '../blocks/stored-blocks.ts'
import type { BlockList, Listed } from '../crypto/block-list.ts'
import { type IndexSet, runsOf } from '../lineage/index-set.ts'
import type { Library } from './library.ts'

/** A block of a list, and where in the volume it stands. */
export type ListedAt = readonly [index: number, block: Listed]

/** What no sealed block has: where a list names anything else, it is none that a snapshot has. */
const NOTHING = Buffer.alloc(32)
/** Blocks listed in one turn of the engine thread: about two milliseconds. */
const TURN_BLOCKS = 256

/** Adds blocks to a list, or takes them out of it, and gives way to whoever asks meanwhile. */
export async function listInTurns(
  list: BlockList,
  deed: 'add' | 'remove',
  blocks: Iterable<ListedAt>,
  signal: AbortSignal,
): Promise<void> {
  await inTurns(blocks, signal, ([index, block]) => list[deed](index, block))
}

/** Looks at many blocks, and gives way to whoever asks meanwhile. */
export async function inTurns<T>(
  blocks: Iterable<T>,
  signal: AbortSignal,
  look: (block: T) => void,
): Promise<void> {
  let inTurn = 0
  for (const block of blocks) {
    look(block)
    inTurn += 1
    if (inTurn < TURN_BLOCKS) continue
    inTurn = 0
    await nextTurn()
    signal.throwIfAborted()
  }
}

/** All that is in these runs. */
export function* listedIn(library: Library, runs: Iterable<DeltaRun>): Generator<ListedAt> {
  for (const run of runs) {
    if (run.kind === 'hole') continue
    for (let index = run.start; index < run.end; index += 1) yield [index, at(library, run, index)]
  }
}

/** What stands in `below` where something else is said. */
export function* listedUnder(library: Library, below: Delta, said: IndexSet): Generator<ListedAt> {
  for (const [start, end] of runsOf(said)) yield* listedIn(library, below.runsIn(start, end))
}

/** Blocks that no row names yet. */
export function* listedNew(blocks: StoredBlocks): Generator<ListedAt> {
  for (let i = 0; i < blocks.count; i += 1) {
    const block = { sha256: blocks.sha256Of(i), identity: blocks.identityOf(i) ?? NOTHING }
    yield [blocks.indexOf(i), block]
  }
}

export function listedRecord({ sha256, seal }: BlockRecord): Listed {
  return { sha256, identity: seal?.identity ?? NOTHING }
}

function at(library: Library, run: Exclude<DeltaRun, { kind: 'hole' }>, index: number): Listed {
  if (run.kind === 'fill') return listedFill(run.pattern)
  const record = library.blocks.get(run.firstBlockId + index - run.start)
  return record === undefined ? { sha256: NOTHING, identity: NOTHING } : listedRecord(record)
}

export function listedFill(pattern: Uint8Array): Listed {
  const sha256 = Buffer.alloc(NOTHING.length)
  sha256.set(pattern)
  return { sha256, identity: NOTHING }
}
