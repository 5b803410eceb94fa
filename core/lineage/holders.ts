import { type Living, NOBODY } from './living.ts'
import type { Shape } from './shape.ts'
import { HOLE, NONE, OWN, type Versions } from './versions.ts'

/**
 * Who holds the versions of one interval: the living nodes that read them. Scratch space: `visit`
 * overwrites it. All arrays go by the version's position within its interval.
 */
export class Holders {
  /** How many living nodes read it. */
  counts: Int32Array
  /** Place of the only one that does, where `counts` is 1. */
  soles: Int32Array
  /**
   * Rank of the living node that is charged for it, NOBODY where none reads it: the one it was
   * stored for while that lives, then the earliest that reads it.
   */
  owners: Int32Array
  /** Behind the last branch that hides it, as far as the walk has come. */
  #reached: Int32Array
  readonly #versions: Versions
  readonly #shape: Shape
  readonly #living: Living

  constructor(versions: Versions, shape: Shape, living: Living) {
    this.#versions = versions
    this.#shape = shape
    this.#living = living
    let most = 0
    for (let i = 0; i < versions.intervals.count; i++) {
      most = Math.max(most, versions.firsts[i + 1]! - versions.firsts[i]!)
    }
    this.counts = new Int32Array(most)
    this.soles = new Int32Array(most)
    this.owners = new Int32Array(most)
    this.#reached = new Int32Array(most)
  }

  /** Fills `counts` and `soles` for the versions from `first` to `end - 1` of one interval. */
  visit(first: number, end: number): void {
    const { places, beneath } = this.#versions
    const { subtreeEnds } = this.#shape
    const { countBefore, xorBefore } = this.#living
    for (let version = first; version < end; version++) {
      const place = places[version]!
      const subtreeEnd = subtreeEnds[place]!
      const count = countBefore[subtreeEnd]! - countBefore[place]!
      const xor = xorBefore[subtreeEnd]! ^ xorBefore[place]!
      this.counts[version - first] = count
      this.soles[version - first] = xor
      const hidden = beneath[version]!
      if (hidden === NONE) continue
      this.counts[hidden - first]! -= count
      this.soles[hidden - first]! ^= xor
    }
  }

  /** Fills `owners`; after `visit` of the same versions. */
  findOwners(first: number, end: number): void {
    const { places, kinds, beneath } = this.#versions
    const { subtreeEnds, ranks } = this.#shape
    const living = this.#living
    for (let version = first; version < end; version++) {
      const at = version - first
      const place = places[version]!
      this.#reached[at] = place
      this.owners[at] = kinds[version] === OWN && living.isAlive[place] ? ranks[place]! : NOBODY
      const hidden = beneath[version]!
      if (hidden === NONE) continue
      this.#claim(hidden, hidden - first, place)
      this.#reached[hidden - first] = subtreeEnds[place]!
    }
    for (let version = first; version < end; version++) {
      this.#claim(version, version - first, subtreeEnds[places[version]!]!)
    }
  }

  /** Takes into account the nodes that read a version from where the walk has come to `end`. */
  #claim(version: number, at: number, end: number): void {
    const { places, kinds } = this.#versions
    if (this.counts[at] === 0 || kinds[version] === HOLE) return
    if (kinds[version] === OWN && this.#living.isAlive[places[version]!]) return
    const from = this.#reached[at]!
    if (from === end) return
    const rank = this.#living.firstRank(from, end)
    if (rank < this.owners[at]!) this.owners[at] = rank
  }
}
