import { figuresOf, type LibraryFigures } from './figures.ts'
import { ownerOf } from './holders.ts'
import { EMPTY, type IndexSet, minus, span, union, unionAll } from './index-set.ts'
import type { Lineage } from './lineage.ts'
import type { Living } from './living.ts'
import { HOLE, OWN } from './parts.ts'
import type { Shape } from './shape.ts'
import type { Spans } from './spans.ts'
import type { Tree } from './tree.ts'
import type { Versions } from './versions.ts'

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
 * Deleting `doomedIds` together: of each version, how many of the doomed read it and how many of
 * those who stay. Time O(versions); of a chain, O(spans).
 *
 * @param doomedIds living nodes, each once
 * @param figures of this lineage, for those who have them
 * @throws Error when one is unknown, dead already, or named twice
 */
export function planRelease(
  lineage: Lineage,
  doomedIds: readonly string[],
  figures: LibraryFigures = figuresOf(lineage),
): ReleasePlan {
  const alone = new Map<string, number>()
  for (const id of doomedIds) {
    if (!lineage.get(id).isAlive) throw new Error(`${id} is dead already`)
    if (alone.has(id)) throw new Error(`${id} is named twice`)
    alone.set(id, figures.of.get(id)!.released)
  }
  const sums = new ReleaseSums(lineage, doomedIds)
  for (const tree of lineage.shape.trees) sums.count(tree)
  const { released, kept } = sums
  const singleSum = [...alone.values()].reduce((sum, single) => sum + single, 0)
  return {
    doomedIds: [...doomedIds],
    released,
    singleSum,
    surplus: released - singleSum,
    kept,
    storedBefore: figures.stored,
    storedAfter: figures.stored - released,
    heirs: lineage.nodes
      .map(({ id }, ordinal) => ({ id, inherited: sums.inheritedAt(ordinal) }))
      .filter(({ inherited }) => inherited > 0)
      .sort((a, b) => b.inherited - a.inherited),
    alone,
  }
}

class ReleaseSums {
  released = 0
  kept = 0
  readonly #shape: Shape
  readonly #before: Living
  readonly #after: Living
  /** By place: how many doomed nodes, and how many that stay, its subtree has (`DOOMED`). */
  readonly #below: Float64Array
  /** By rank. */
  readonly #inherited: Float64Array
  /** By rank: 1 for the doomed. */
  readonly #isDoomed: Uint8Array

  constructor(lineage: Lineage, doomedIds: readonly string[]) {
    const { nodes, shape, living } = lineage
    this.#shape = shape
    this.#before = living
    this.#after = lineage.withDead(doomedIds).living
    const left = this.#after.countBelow
    this.#below = Float64Array.from(
      living.countBelow,
      (count, place) => (count - left[place]!) * DOOMED + left[place]!,
    )
    this.#inherited = new Float64Array(nodes.length)
    this.#isDoomed = new Uint8Array(nodes.length)
    for (const id of doomedIds) {
      this.#isDoomed[shape.ranks[shape.places[shape.ordinalOf(id)]!]!] = 1
    }
  }

  inheritedAt(ordinal: number): number {
    const { ranks, places } = this.#shape
    return this.#inherited[ranks[places[ordinal]!]!]!
  }

  count(tree: Tree): void {
    if (tree.spans === null) this.#countVersions(tree.versions)
    else this.#countSpans(tree.spans, tree.endPlace)
  }

  #countSpans({ places, ends, kinds, weights }: Spans, endPlace: number): void {
    const below = this.#below
    const stays = this.#after.isAlive
    for (let span = 0; span < places.length; span++) {
      const place = places[span]!
      const end = ends[span]!
      const weight = weights[span]!
      const count = below[place]! - (end < endPlace ? below[end]! : 0)
      if (count < DOOMED) continue
      if ((count & (DOOMED - 1)) === 0) {
        this.released += weight
        continue
      }
      this.kept += weight
      const isOwn = kinds[span] === OWN
      // While the writer of an own block survives, nobody inherits it.
      if (isOwn && stays[place] === 1) continue
      const isDoomedOwn = isOwn && this.#before.isAlive[place] === 1
      if (!isDoomedOwn && this.#isDoomed[this.#before.firstRank(place, end)] === 0) continue
      this.#inherited[this.#after.firstRank(place, end)]! += weight
    }
  }

  /** Backwards, so that whoever hides a version comes before it and each is met once. */
  #countVersions(versions: Versions): void {
    const { firsts, intervals, places, beneath, kinds } = versions
    const below = this.#below
    const stays = this.#after.isAlive
    const hidden = new Float64Array(versions.mostOnOne)
    for (let i = 0; i < intervals.count; i++) {
      const first = firsts[i]!
      const end = firsts[i + 1]!
      const weight = intervals.weightOf(i)
      for (let version = end - 1; version >= first; version--) {
        const place = places[version]!
        const count = below[place]! - hidden[version - first]!
        hidden[version - first] = 0
        const under = beneath[version]! - first
        if (under >= 0) hidden[under]! += below[place]!
        if (count < DOOMED || kinds[version] === HOLE) continue
        if ((count & (DOOMED - 1)) === 0) {
          this.released += weight
          continue
        }
        this.kept += weight
        if (kinds[version] === OWN && stays[place] === 1) continue
        this.#bequeath(versions, version, end, weight)
      }
    }
  }

  /** While the writer of an own block survives, nobody inherits it; this is for all other blocks. */
  #bequeath(versions: Versions, version: number, end: number, weight: number): void {
    const isOwn = versions.kinds[version] === OWN
    // The writer lives and does not survive: it is doomed.
    if (!isOwn || this.#before.isAlive[versions.places[version]!] === 0) {
      const owner = ownerOf(versions, this.#shape, this.#before, version, end)
      if (this.#isDoomed[owner] === 0) return
    }
    this.#inherited[ownerOf(versions, this.#shape, this.#after, version, end)]! += weight
  }
}

/** Two counts in one number, exact up to 2^26 nodes each: DOOMED x doomed readers + the others. */
const DOOMED = 2 ** 26

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
