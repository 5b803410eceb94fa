import { Holders } from './holders.ts'
import { EMPTY, type IndexSet, minus, span, union, unionAll } from './index-set.ts'
import type { Lineage } from './lineage.ts'
import type { Tree } from './shape.ts'
import { HOLE, OWN } from './versions.ts'

/** What deleting a set together does, in blocks. */
export type ReleasePlan = {
  doomedIds: string[]
  /** Blocks that no living node reads any more. */
  released: number
  /** Sum of what each would release if it went alone. */
  singleSum: number
  /** released - singleSum: what goes only because they go together. */
  surplus: number
  /** Blocks of the doomed that survivors read too. */
  kept: number
  storedBefore: number
  storedAfter: number
  /** Who is charged for what the doomed are charged for now and what stays; most first. */
  heirs: { id: string; inherited: number }[]
  /** What each of the doomed would release if it went alone. */
  alone: Map<string, number>
}

/**
 * Deleting `doomedIds` together, as a comparison of who reads what before and after.
 *
 * @param doomedIds living nodes, each once
 * @throws Error when one is unknown, dead already, or named twice
 */
export function planRelease(lineage: Lineage, doomedIds: readonly string[]): ReleasePlan {
  const alone = new Map<string, number>()
  for (const id of doomedIds) {
    if (!lineage.get(id).isAlive) throw new Error(`${id} is dead already`)
    if (alone.has(id)) throw new Error(`${id} is named twice`)
    alone.set(id, 0)
  }
  const sums = new ReleaseSums(lineage, lineage.withDead(doomedIds))
  for (const tree of lineage.shape.trees) sums.count(tree)
  const { stored, released, kept } = sums

  let singleSum = 0
  for (const id of doomedIds) {
    const single = sums.alone[lineage.shape.places[lineage.shape.ordinalOf(id)]!]!
    alone.set(id, single)
    singleSum += single
  }
  return {
    doomedIds: [...doomedIds],
    released,
    singleSum,
    surplus: released - singleSum,
    kept,
    storedBefore: stored,
    storedAfter: stored - released,
    heirs: lineage.nodes
      .map(({ id }, ordinal) => ({ id, inherited: sums.inheritedAt(ordinal) }))
      .filter(({ inherited }) => inherited > 0)
      .sort((a, b) => b.inherited - a.inherited),
    alone,
  }
}

class ReleaseSums {
  stored = 0
  released = 0
  kept = 0
  /** By place: what it alone reads. */
  readonly alone: Float64Array
  readonly #before: Lineage
  readonly #after: Lineage
  /** By rank. */
  readonly #inherited: Float64Array
  /** By rank: 1 for the doomed. */
  readonly #isDoomed: Uint8Array

  constructor(before: Lineage, after: Lineage) {
    const count = before.nodes.length
    this.#before = before
    this.#after = after
    this.alone = new Float64Array(count)
    this.#inherited = new Float64Array(count)
    this.#isDoomed = new Uint8Array(count)
    for (const [place, rank] of before.shape.ranks.entries()) {
      if (before.living.isAlive[place] !== after.living.isAlive[place]) this.#isDoomed[rank] = 1
    }
  }

  inheritedAt(ordinal: number): number {
    const { ranks, places } = this.#before.shape
    return this.#inherited[ranks[places[ordinal]!]!]!
  }

  count({ versions }: Tree): void {
    const { firsts, intervals } = versions
    const { shape } = this.#before
    const before = new Holders(versions, shape, this.#before.living)
    const after = new Holders(versions, shape, this.#after.living)
    for (let i = 0; i < intervals.count; i++) {
      const first = firsts[i]!
      const end = firsts[i + 1]!
      if (first === end) continue
      before.visit(first, end)
      after.visit(first, end)
      this.#countInterval(versions, before, after, first, end, intervals.weightOf(i))
    }
  }

  #countInterval(
    { kinds, places }: Tree['versions'],
    before: Holders,
    after: Holders,
    first: number,
    end: number,
    weight: number,
  ): void {
    for (let version = first; version < end; version++) {
      const readers = before.counts[version - first]!
      if (kinds[version] === HOLE || readers === 0) continue
      const left = after.counts[version - first]!
      this.stored += weight
      if (readers === 1) this.alone[before.soles[version - first]!]! += weight
      if (readers === left) continue
      if (left === 0) {
        this.released += weight
        continue
      }
      this.kept += weight
      // While the writer of an own block survives, nobody inherits it.
      if (kinds[version] === OWN && this.#after.living.isAlive[places[version]!]) continue
      if (!this.#isDoomed[before.ownerOf(version, end)]) continue
      this.#inherited[after.ownerOf(version, end)]! += weight
    }
  }
}

/**
 * Which indices some living node at or below a node reads as they stand at that node: all of a
 * living node's, of a dead one what a child reads and does not say itself. Each set is kept for
 * this lineage; the function is for few nodes of many, `planCollapse` for all.
 */
export function readAt(lineage: Lineage): (id: string) => IndexSet {
  const known = new Map<string, IndexSet>()
  return (id) => {
    const stack = [id]
    for (let at = stack[stack.length - 1]; at !== undefined; at = stack[stack.length - 1]) {
      const node = lineage.get(at)
      const children = node.isAlive ? [] : lineage.childrenOf(at)
      const unknown = children.filter((child) => !known.has(child.id))
      if (unknown.length > 0) {
        for (const child of unknown) stack.push(child.id)
        continue
      }
      stack.pop()
      const read = children.map(({ id, data, holes }) =>
        minus(known.get(id) ?? EMPTY, union(data, holes)),
      )
      known.set(at, node.isAlive ? span(0, node.blockCount) : unionAll(read))
    }
    return known.get(id) ?? EMPTY
  }
}
