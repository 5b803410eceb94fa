import type { Delta } from '../blocks/delta.ts'
import { SnapshotId } from '../contract/ids.ts'
import type { VerifyProblem } from '../contract/results.ts'
import { mapOf } from '../lineage/block-map.ts'
import { figuresOf } from '../lineage/figures.ts'
import type { Lineage } from '../lineage/lineage.ts'
import { planRelease } from '../lineage/release.ts'
import type { Library } from './library.ts'
import { inTurns } from './listed-blocks.ts'
import { holdsOf } from './unloaded.ts'

/** Shares are fractions; their sum may differ by rounding, never by a hundredth of a block. */
const ROUNDING_BLOCKS = 0.01

/**
 * Checks the laws of the lineage on this library. With `deep` each map is also worked out index by
 * index. Within the gate: nothing is rearranged between two turns of it.
 */
export async function lawProblems(
  library: Library,
  deep: boolean,
  signal: AbortSignal,
): Promise<VerifyProblem[]> {
  const lineage = library.lineage()
  const problems = [
    ...sumProblems(lineage),
    ...(await ownerProblems(library, signal)),
    ...borderProblems(library),
  ]
  if (deep) await inTurns(mapProblems(lineage), signal, (found) => problems.push(...found))
  return problems
}

function sumProblems(lineage: Lineage): VerifyProblem[] {
  const { of, stored } = figuresOf(lineage)
  const figures = [...of.values()]
  const sum = (pick: (figure: (typeof figures)[number]) => number) =>
    figures.reduce((total, figure) => total + pick(figure), 0)
  const living = lineage.nodes.filter((node) => node.isAlive).map(({ id }) => id)
  const released = living.length === 0 ? 0 : planRelease(lineage, living).released
  return [
    law(
      'stored here sums to what is stored',
      sum((f) => f.storedHere),
      stored,
    ),
    law(
      'fair shares sum to what is stored',
      sum((f) => f.fairShare),
      stored,
    ),
    law('deleting all releases all', released, stored),
    ...[...of].flatMap(([id, f]) => [
      law(`added and inherited make up what ${id} stores`, f.added + f.inherited, f.storedHere),
      law(`shared and released make up what ${id} reads`, f.shared + f.released, f.full),
    ]),
  ].flat()
}

function law(name: string, found: number, expected: number): VerifyProblem[] {
  if (Math.abs(found - expected) <= ROUNDING_BLOCKS) return []
  return [broken(`The law “${name}” is broken: ${found} blocks where ${expected} are expected.`)]
}

/** Stored blocks that a snapshot or a volume needs and the catalog has lost. */
export async function lostBlocks(library: Library, signal: AbortSignal): Promise<Set<number>> {
  const lost = new Set<number>()
  const look = (blockId: number) => {
    if (library.blocks.get(blockId) === undefined) lost.add(blockId)
  }
  await inTurns(namedBlocks(library), signal, ({ blockId }) => look(blockId))
  // In one turn: what a volume has loaded meanwhile may be gone rightly.
  for (const { unloaded } of holdsOf(library)) for (const blockId of idsIn(unloaded)) look(blockId)
  return lost
}

async function ownerProblems(library: Library, signal: AbortSignal): Promise<VerifyProblem[]> {
  const owners = new Map<number, string>()
  const problems: VerifyProblem[] = []
  await inTurns(namedBlocks(library), signal, ({ id, blockId }) => {
    const other = owners.get(blockId)
    if (other !== undefined) problems.push(broken(`${id} and ${other} both own block ${blockId}.`))
    owners.set(blockId, id)
  })
  return problems
}

/** What one account or one region stores never depends on another. */
function borderProblems(library: Library): VerifyProblem[] {
  const rows = library.snapshotRows()
  return [...rows.values()].flatMap((row) => {
    const parent = row.parentId === null ? row : rows.get(row.parentId)
    if (parent?.ownerId === row.ownerId && parent.region === row.region) return []
    return [broken(`The parent of ${row.id} is of another account or region.`)]
  })
}

function* namedBlocks(library: Library): Generator<{ id: string; blockId: number }> {
  for (const { id } of library.lineage().nodes) {
    for (const blockId of idsIn(library.deltaOf(SnapshotId.parse(id)))) yield { id, blockId }
  }
}

function* idsIn(delta: Delta): Generator<number> {
  for (const [first, count] of delta.blockIdsIn(delta.stored)) {
    for (let blockId = first; blockId < first + count; blockId += 1) yield blockId
  }
}

/** A map by the plainest way there is: the first node upwards that says anything of an index. */
function* mapProblems(lineage: Lineage): Generator<VerifyProblem[]> {
  const { of } = figuresOf(lineage)
  for (const { id } of lineage.nodes.filter((node) => node.isAlive)) {
    const { starts, ends, writers } = mapOf(lineage, id)
    let size = 0
    let isRight = true
    for (const [i, start] of starts.entries()) {
      const end = ends[i]!
      const writer = lineage.nodes[writers[i]!]!.id
      size += end - start
      const isRightHere = [start, end - 1].every((at) => writerAt(lineage, id, at) === writer)
      yield isRight && !isRightHere ? [broken(`The map of ${id} is wrong at block ${start}.`)] : []
      isRight &&= isRightHere
    }
    yield law(`the map of ${id} is as large as its full size`, size, of.get(id)!.full)
  }
}

function writerAt(lineage: Lineage, from: string, index: number): string | null {
  for (let id: string | null = from; id !== null; ) {
    const node = lineage.get(id)
    if (contains(node.data, index)) return id
    if (contains(node.holes, index)) return null
    id = node.parentId
  }
  return null
}

function contains(set: Uint32Array, index: number): boolean {
  for (let i = 0; i < set.length; i += 2) if (set[i]! <= index && index < set[i + 1]!) return true
  return false
}

function broken(message: string): VerifyProblem {
  return { kind: 'law-broken', message, affected: [] }
}
