import type { IndexSet } from './index-set.ts'

/**
 * The elementary intervals of some sets: what lies between neighbouring ends of their runs. All
 * indices of one interval are in the same sets. Their number follows the runs, not the indices.
 */
export class Intervals {
  /** Interval i is `bounds[i]` to `bounds[i + 1] - 1`. */
  readonly bounds: Uint32Array
  readonly count: number
  // Bounds in buckets of 2^shift indices, fewer than one each: a bound is found in a look or two.
  readonly #shift: number
  readonly #buckets: Uint32Array

  constructor(sets: readonly IndexSet[]) {
    this.bounds = boundsOf(sets)
    this.count = Math.max(0, this.bounds.length - 1)
    const last = this.bounds[this.count] ?? 0
    this.#shift = Math.max(0, bitsOf(last) - bitsOf(this.count) - SPARSE_BITS)
    this.#buckets = new Uint32Array((last >>> this.#shift) + 2)
    let bucket = 0
    for (let i = 0; i < this.bounds.length; i++) {
      const end = this.bounds[i]! >>> this.#shift
      while (bucket <= end) this.#buckets[bucket++] = i
    }
    this.#buckets.fill(this.bounds.length, bucket)
  }

  /** How many indices an interval has. */
  weightOf(interval: number): number {
    return this.bounds[interval + 1]! - this.bounds[interval]!
  }

  /** The first interval that starts at `index` or after it; `count` for the last bound or beyond. */
  startingAt(index: number): number {
    const bucket = Math.min(index >>> this.#shift, this.#buckets.length - 2)
    let low = this.#buckets[bucket]!
    let high = this.#buckets[bucket + 1]!
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.bounds[middle]! < index) low = middle + 1
      else high = middle
    }
    return Math.min(low, this.count)
  }

  /** `startingAt` of each word of one of the sets. */
  positionsOf(set: IndexSet): Uint32Array {
    const { bounds } = this
    const positions = new Uint32Array(set.length)
    if (this.#shift === 0) {
      // Each index has a bucket of its own, which says where the next bound is.
      const buckets = this.#buckets
      for (let word = 0; word < set.length; word++) positions[word] = buckets[set[word]!]!
      return positions
    }
    for (let word = 0; word < set.length; word += 2) {
      const start = this.startingAt(set[word]!)
      const end = set[word + 1]!
      positions[word] = start
      // Most runs are one interval long.
      positions[word + 1] = bounds[start + 1] === end ? start + 1 : this.startingAt(end)
    }
    return positions
  }

  /** The interval that `index` lies in, or -1. */
  containing(index: number): number {
    const next = this.startingAt(index)
    if (next < this.count && this.bounds[next] === index) return next
    const isBeyond = next === this.count && (this.bounds[next] ?? 0) <= index
    return isBeyond ? -1 : next - 1
  }
}

/** 2^this buckets for each bound: what is quick to find costs four words of memory. */
const SPARSE_BITS = 2

/** All words of all sets (any ascending numbers do), each once, ascending. */
export function boundsOf(sets: readonly Uint32Array[]): Uint32Array {
  let total = 0
  let last = 0
  for (const set of sets) {
    total += set.length
    last = Math.max(last, set[set.length - 1] ?? 0)
  }
  // A bit for each index is faster where ends are dense, sorting where volumes are vast.
  return last / 32 < total ? boundsByBits(sets, last) : boundsBySorting(sets, total)
}

function boundsByBits(sets: readonly Uint32Array[], last: number): Uint32Array {
  const bits = new Uint32Array((last >>> 5) + 1)
  for (const set of sets) {
    for (let i = 0; i < set.length; i++) bits[set[i]! >>> 5]! |= 1 << (set[i]! & 31)
  }
  let count = 0
  for (let i = 0; i < bits.length; i++) count += onesIn(bits[i]!)
  const bounds = new Uint32Array(count)
  let next = 0
  for (let i = 0; i < bits.length; i++) {
    for (let rest = bits[i]!; rest !== 0; rest &= rest - 1) {
      bounds[next++] = i * 32 + 31 - Math.clz32(rest & -rest)
    }
  }
  return bounds
}

function boundsBySorting(sets: readonly Uint32Array[], total: number): Uint32Array {
  const bounds = new Uint32Array(total)
  let count = 0
  for (const set of sets) {
    bounds.set(set, count)
    count += set.length
  }
  bounds.sort()
  let distinct = 0
  for (let i = 0; i < count; i++) {
    if (i === 0 || bounds[i] !== bounds[i - 1]) bounds[distinct++] = bounds[i]!
  }
  return bounds.slice(0, distinct)
}

function bitsOf(number: number): number {
  return 32 - Math.clz32(number)
}

function onesIn(word: number): number {
  let count = 0
  for (let rest = word; rest !== 0; rest &= rest - 1) count++
  return count
}
