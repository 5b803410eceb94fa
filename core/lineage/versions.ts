import type { Intervals } from './intervals.ts'
import { HOLE, type Part, type Parts } from './parts.ts'

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
  /** No node has two children: each version hides the one before it, and is hidden by the next. */
  readonly isChain: boolean
  /** How many versions the interval with most of them has. */
  readonly mostOnOne: number
  readonly #subtreeEnds: Int32Array

  /** @param subtreeEnds by place */
  constructor({ all, intervals }: Parts, isChain: boolean, subtreeEnds: Int32Array) {
    this.#subtreeEnds = subtreeEnds
    this.isChain = isChain
    this.intervals = intervals
    this.firsts = countVersions(intervals.count, all)
    const count = this.firsts[intervals.count]!
    this.places = new Int32Array(count)
    this.kinds = new Uint8Array(count)
    this.beneath = new Int32Array(count)
    this.mostOnOne = this.#fill(all)
  }

  /** The version that the node at `place` reads on an interval, or NONE. */
  find(interval: number, place: number): number {
    const first = this.firsts[interval]!
    const behind = this.firstFrom(first, this.firsts[interval + 1]!, place + 1)
    let version = behind > first ? behind - 1 : NONE
    while (version !== NONE && this.#subtreeEnds[this.places[version]!]! <= place) {
      version = this.beneath[version]!
    }
    return version
  }

  /** Of an interval's versions `from` to `end - 1`, the first at `place` or behind; else `end`. */
  firstFrom(from: number, end: number, place: number): number {
    let low = from
    let high = end
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.places[middle]! < place) low = middle + 1
      else high = middle
    }
    return low
  }

  isData(version: number): boolean {
    return version !== NONE && this.kinds[version] !== HOLE
  }

  /** A chunk of intervals at a time, so that what is written stays in the processor's cache. */
  #fill(parts: readonly Part[]): number {
    const { firsts } = this
    const { count } = this.intervals
    const next = firsts.slice()
    const words = new Uint32Array(parts.length)
    for (let chunk = 0, chunkEnd = 1; chunk < count; chunk = chunkEnd++) {
      const most = firsts[chunk]! + CHUNK_VERSIONS
      while (chunkEnd < count && firsts[chunkEnd + 1]! <= most) chunkEnd++
      for (let at = 0; at < parts.length; at++) {
        words[at] = this.#append(parts[at]!, words[at]!, chunk, chunkEnd, next)
      }
    }
    let most = 0
    for (let i = 0; i < count; i++) most = Math.max(most, firsts[i + 1]! - firsts[i]!)
    return most
  }

  /**
   * The versions of one part on the intervals from `chunk` to `chunkEnd - 1`.
   *
   * @param word of the first run that may lie there @returns that of the first which goes on behind
   */
  #append(
    { place, kind, bounds: runs }: Part,
    word: number,
    chunk: number,
    chunkEnd: number,
    next: Uint32Array,
  ): number {
    const { firsts, places, kinds, beneath, isChain } = this
    const subtreeEnds = this.#subtreeEnds
    let at = word
    for (; at < runs.length && runs[at]! < chunkEnd; at += 2) {
      const end = runs[at + 1]!
      const last = Math.min(chunkEnd, end)
      for (let i = Math.max(chunk, runs[at]!); i < last; i++) {
        const version = next[i]!
        next[i] = version + 1
        let below = version > firsts[i]! ? version - 1 : NONE
        if (!isChain) {
          // The last version may be of a branch that ended: then what it hides comes next.
          while (below !== NONE && subtreeEnds[places[below]!]! <= place) below = beneath[below]!
        }
        places[version] = place
        kinds[version] = kind
        beneath[version] = below
      }
      if (end > chunkEnd) break
    }
    return at
  }
}

/** Versions of one chunk: 288 KiB. */
const CHUNK_VERSIONS = 32_768

/** @returns by interval, how many versions lie on those before it; one entry more than intervals */
function countVersions(count: number, parts: readonly Part[]): Uint32Array {
  const steps = new Int32Array(count + 1)
  for (const { bounds: runs } of parts) {
    for (let word = 0; word < runs.length; word += 2) {
      steps[runs[word]!]! += 1
      steps[runs[word + 1]!]! -= 1
    }
  }
  const firsts = new Uint32Array(count + 1)
  let here = 0
  for (let i = 0; i < count; i++) {
    here += steps[i]!
    firsts[i + 1] = firsts[i]! + here
  }
  return firsts
}
