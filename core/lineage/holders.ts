import { type Living, NOBODY } from './living.ts'
import { OWN } from './parts.ts'
import type { Shape } from './shape.ts'
import type { Versions } from './versions.ts'

/**
 * Who holds the versions of one interval: the living nodes that read them. Scratch space: `visit`
 * overwrites it. Arrays go by the version's position within its interval.
 */
export class Holders {
  /** How many living nodes read it. */
  readonly counts: Int32Array
  /** Place of the only one that does, where `counts` is 1. */
  readonly soles: Int32Array
  /** Room for whoever divides by `counts`. */
  readonly shares: Float64Array
  readonly #versions: Versions
  readonly #living: Living

  constructor(versions: Versions, living: Living) {
    this.#versions = versions
    this.#living = living
    this.counts = new Int32Array(versions.mostOnOne)
    this.soles = new Int32Array(versions.mostOnOne)
    this.shares = new Float64Array(versions.mostOnOne)
  }

  /** Fills both arrays for the versions of one interval, `first` to `end - 1`. */
  visit(first: number, end: number): void {
    const { counts, soles } = this
    const { places, beneath, isChain } = this.#versions
    const { countBelow, xorBelow } = this.#living
    if (isChain) {
      let countHidden = 0
      let xorHidden = 0
      for (let version = end - 1; version >= first; version--) {
        const count = countBelow[places[version]!]!
        const xor = xorBelow[places[version]!]!
        counts[version - first] = count - countHidden
        soles[version - first] = xor ^ xorHidden
        countHidden = count
        xorHidden = xor
      }
      return
    }
    for (let version = first; version < end; version++) {
      const place = places[version]!
      const count = countBelow[place]!
      const xor = xorBelow[place]!
      counts[version - first] = count
      soles[version - first] = xor
      const hidden = beneath[version]! - first
      if (hidden < 0) continue
      counts[hidden]! -= count
      soles[hidden]! ^= xor
    }
  }
}

/**
 * Rank of the living node that is charged for a version of the interval that ends before `end`:
 * the one it was stored for while that lives, then the earliest that reads it; NOBODY when none
 * reads it. Time O(versions that hide it x log versions of the interval).
 */
export function ownerOf(
  versions: Versions,
  { subtreeEnds, ranks }: Shape,
  living: Living,
  version: number,
  end: number,
): number {
  const { places, kinds } = versions
  const place = places[version]!
  if (kinds[version] === OWN && living.isAlive[place]) return ranks[place]!
  const subtreeEnd = subtreeEnds[place]!
  let owner = NOBODY
  let from = place
  let next = version + 1
  for (;;) {
    // The first version behind one in its subtree hides it; so does the first behind that's.
    const gapEnd = next < end ? Math.min(places[next]!, subtreeEnd) : subtreeEnd
    if (from < gapEnd) owner = Math.min(owner, living.firstRank(from, gapEnd))
    if (gapEnd === subtreeEnd) return owner
    from = subtreeEnds[gapEnd]!
    if (from === subtreeEnd) return owner
    next = versions.firstFrom(next + 1, end, from)
  }
}
