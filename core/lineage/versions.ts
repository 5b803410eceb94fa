import { type IndexSet, minus } from './index-set.ts'
import { Intervals } from './intervals.ts'
import type { LineageNode } from './lineage.ts'

/** What a version is: a block that was stored for this node. */
export const OWN = 0
/** A block that came from a deleted ancestor which was merged into this node. */
export const ADOPTED = 1
/** "Reads as zeros, nothing is stored." */
export const HOLE = 2

/** No version: unwritten. */
export const NONE = -1

/*
 * Every version of every block of one tree. A version is what one node says on one interval.
 *
 * (1) On an interval, versions stand in order of their nodes' places, so those inside of a subtree
 *     are neighbours. (2) A version hides the one `beneath` it from its whole subtree: the nearest
 *     ancestor's. (3) So a version is read in its node's subtree, but for the subtrees of those
 *     that hide it, whoever is alive. Nothing here depends on who is.
 */
export class Versions {
  readonly intervals: Intervals
  /** By interval: its versions are `firsts[i]` to `firsts[i + 1] - 1`. */
  readonly firsts: Uint32Array
  /** By version: place of its node. */
  readonly places: Int32Array
  /** By version: OWN, ADOPTED or HOLE. */
  readonly kinds: Uint8Array
  /** By version: the version that it hides, or NONE. */
  readonly beneath: Int32Array
  readonly #subtreeEnds: Int32Array

  /**
   * @param nodes of one tree, in order of place, the first of which is `firstPlace`
   * @param subtreeEnds by place
   */
  constructor(nodes: readonly LineageNode[], firstPlace: number, subtreeEnds: Int32Array) {
    const parts = nodes.map(partsOf)
    this.#subtreeEnds = subtreeEnds
    this.intervals = new Intervals(parts.flat().map((part) => part.set))
    this.firsts = countVersions(this.intervals, parts)
    const count = this.firsts[this.intervals.count] ?? 0
    this.places = new Int32Array(count)
    this.kinds = new Uint8Array(count)
    this.beneath = new Int32Array(count)
    this.#fill(parts, firstPlace)
  }

  /** The version that the node at `place` reads on an interval, or NONE. */
  find(interval: number, place: number): number {
    let low = this.firsts[interval]!
    const first = low
    let high = this.firsts[interval + 1]!
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.places[middle]! <= place) low = middle + 1
      else high = middle
    }
    let version = low > first ? low - 1 : NONE
    while (version !== NONE && this.#subtreeEnds[this.places[version]!]! <= place) {
      version = this.beneath[version]!
    }
    return version
  }

  isData(version: number): boolean {
    return version !== NONE && this.kinds[version] !== HOLE
  }

  #fill(parts: readonly Part[][], firstPlace: number): void {
    const { intervals, firsts, places, kinds, beneath } = this
    const ends = this.#subtreeEnds
    const next = firsts.slice()
    for (const [offset, ofNode] of parts.entries()) {
      const place = firstPlace + offset
      for (const { set, kind } of ofNode) {
        for (let run = 0; run < set.length; run += 2) {
          const end = intervals.startingAt(set[run + 1]!)
          for (let i = intervals.startingAt(set[run]!); i < end; i++) {
            const version = next[i]!++
            // The last version may be of a branch that ended: those that it hid come next.
            let below = version > firsts[i]! ? version - 1 : NONE
            while (below !== NONE && ends[places[below]!]! <= place) below = beneath[below]!
            places[version] = place
            kinds[version] = kind
            beneath[version] = below
          }
        }
      }
    }
  }
}

type Part = { set: IndexSet; kind: number }

/** What a node says, as disjoint sets. */
function partsOf({ data, holes, adopted }: LineageNode): Part[] {
  const parts = [{ set: data, kind: OWN }]
  if (adopted !== undefined && adopted.length > 0) {
    parts[0]!.set = minus(data, adopted)
    parts.push({ set: adopted, kind: ADOPTED })
  }
  if (holes.length > 0) parts.push({ set: holes, kind: HOLE })
  return parts
}

/** @returns by interval, how many versions lie on those before it; one entry more than intervals */
function countVersions(intervals: Intervals, parts: readonly Part[][]): Uint32Array {
  const steps = new Int32Array(intervals.count + 1)
  for (const { set } of parts.flat()) {
    for (let word = 0; word < set.length; word++) {
      steps[intervals.startingAt(set[word]!)]! += word % 2 === 0 ? 1 : -1
    }
  }
  const firsts = new Uint32Array(intervals.count + 1)
  let here = 0
  for (let i = 0; i < intervals.count; i++) {
    here += steps[i]!
    firsts[i + 1] = firsts[i]! + here
  }
  return firsts
}
