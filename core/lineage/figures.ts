import { Holders, ownerOf } from './holders.ts'
import type { Lineage } from './lineage.ts'
import { HOLE, OWN } from './parts.ts'
import type { Spans } from './spans.ts'
import type { Tree } from './tree.ts'
import { NONE, type Versions } from './versions.ts'

/** The figures of a living node, in blocks; `fairShare` is a fraction. */
export type Figures = {
  /** Data blocks that it reads. */
  full: number
  /** Those that were stored for it. */
  added: number
  /** Those of deleted nodes of which it is now the earliest that reads them. */
  inherited: number
  /** added + inherited */
  storedHere: number
  /** full - released */
  shared: number
  /** Those that no other living node reads. */
  released: number
  /** Each block that it reads, divided by how many living nodes read it. */
  fairShare: number
}

export type LibraryFigures = {
  /** Living nodes, in the order of `Lineage.nodes`. */
  of: Map<string, Figures>
  /** Distinct blocks that living nodes read. */
  stored: number
  /** Dead nodes: those of their own blocks that living nodes still read. */
  held: Map<string, number>
}

/**
 * All figures of all trees. The sums of `storedHere` and of `fairShare` equal `stored`.
 * Time O(versions), where a version is one node's word on one interval; of a chain, O(spans).
 */
export function figuresOf(lineage: Lineage): LibraryFigures {
  const tally = new Tally(lineage)
  for (const tree of lineage.shape.trees) tally.count(tree)
  return tally.finish()
}

/** Sums, by place. */
class Tally {
  readonly #lineage: Lineage
  // What a node reads more, or less, than its parent does.
  readonly #fullSteps: Float64Array
  readonly #fairSteps: Float64Array
  readonly #ownHeld: Float64Array
  readonly #added: Float64Array
  readonly #released: Float64Array
  /** By rank. */
  readonly #inherited: Float64Array
  #stored = 0

  constructor(lineage: Lineage) {
    const sums = () => new Float64Array(lineage.nodes.length)
    this.#lineage = lineage
    this.#fullSteps = sums()
    this.#fairSteps = sums()
    this.#ownHeld = sums()
    this.#added = sums()
    this.#released = sums()
    this.#inherited = sums()
  }

  count(tree: Tree): void {
    if (tree.spans === null) this.#countVersions(tree.versions)
    else this.#countSpans(tree.spans, tree.endPlace)
  }

  /** Who is alive in a stretch of a chain: those from its start on, less those from its end on. */
  #countSpans({ places, ends, kinds, weights }: Spans, endPlace: number): void {
    const { living } = this.#lineage
    const { isAlive, countBelow, xorBelow } = living
    for (let span = 0; span < places.length; span++) {
      const place = places[span]!
      const end = ends[span]!
      const weight = weights[span]!
      const isHidden = end < endPlace
      const count = countBelow[place]! - (isHidden ? countBelow[end]! : 0)
      const share = count === 0 ? 0 : weight / count
      this.#fullSteps[place]! += weight
      this.#fairSteps[place]! += share
      if (isHidden) {
        this.#fullSteps[end]! -= weight
        this.#fairSteps[end]! -= share
      }
      if (count === 0) continue
      this.#stored += weight
      this.#ownHeld[place]! += weight
      if (count === 1) {
        this.#released[xorBelow[place]! ^ (isHidden ? xorBelow[end]! : 0)]! += weight
      }
      if (kinds[span] === OWN && isAlive[place] === 1) this.#added[place]! += weight
      else this.#inherited[living.firstRank(place, end)]! += weight
    }
  }

  /** The time of a list goes into this loop: what it needs is at hand, not behind `this`. */
  #countVersions(versions: Versions): void {
    const { shape, living } = this.#lineage
    const { firsts, places, kinds, beneath, intervals } = versions
    const holders = new Holders(versions, living)
    const { counts, soles, shares } = holders
    const fullSteps = this.#fullSteps
    const fairSteps = this.#fairSteps
    const ownHeld = this.#ownHeld
    const added = this.#added
    const released = this.#released
    const isAlive = living.isAlive
    let stored = 0
    for (let i = 0; i < intervals.count; i++) {
      const first = firsts[i]!
      const end = firsts[i + 1]!
      if (first === end) continue
      const weight = intervals.weightOf(i)
      holders.visit(first, end)
      for (let version = first; version < end; version++) {
        const place = places[version]!
        const hidden = beneath[version]!
        if (hidden !== NONE && kinds[hidden] !== HOLE) {
          fullSteps[place]! -= weight
          fairSteps[place]! -= shares[hidden - first]!
        }
        if (kinds[version] === HOLE) continue
        fullSteps[place]! += weight
        const count = counts[version - first]!
        const share = count === 0 ? 0 : weight / count
        shares[version - first] = share
        if (count === 0) continue
        stored += weight
        fairSteps[place]! += share
        ownHeld[place]! += weight
        if (count === 1) released[soles[version - first]!]! += weight
        if (kinds[version] === OWN && isAlive[place] === 1) added[place]! += weight
        else this.#inherited[ownerOf(versions, shape, living, version, end)]! += weight
      }
    }
    this.#stored += stored
  }

  finish(): LibraryFigures {
    const { nodes, shape } = this.#lineage
    const of = new Map<string, Figures>()
    const held = new Map<string, number>()
    const fullAt = new Float64Array(nodes.length)
    const fairAt = new Float64Array(nodes.length)
    for (const [ordinal, { id, isAlive }] of nodes.entries()) {
      const parent = shape.parents[ordinal]!
      const place = shape.places[ordinal]!
      const full = this.#fullSteps[place]! + (parent < 0 ? 0 : fullAt[parent]!)
      const fairShare = this.#fairSteps[place]! + (parent < 0 ? 0 : fairAt[parent]!)
      fullAt[ordinal] = full
      fairAt[ordinal] = fairShare
      if (!isAlive) {
        held.set(id, this.#ownHeld[place]!)
        continue
      }
      const added = this.#added[place]!
      const inherited = this.#inherited[shape.ranks[place]!]!
      const released = this.#released[place]!
      const storedHere = added + inherited
      const shared = full - released
      // Sums and differences of fractions can end a hair below nothing.
      const fair = Math.max(0, fairShare)
      of.set(id, { full, added, inherited, storedHere, shared, released, fairShare: fair })
    }
    return { of, stored: this.#stored, held }
  }
}
