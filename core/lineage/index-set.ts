/**
 * A set of block indices as runs: `[start0, end0, start1, end1, ...]`, ends exclusive, strictly
 * ascending, so that runs neither overlap nor touch and equal sets are equal arrays. Never changed.
 */
export type IndexSet = Uint32Array

/** One more than the largest index: 64 TiB of blocks of 512 KiB. */
export const MAX_INDEX_COUNT = 2 ** 27

export const EMPTY: IndexSet = new Uint32Array(0)

/**
 * The set of all indices in `runs`, given in any order, overlapping or empty.
 *
 * @throws RangeError for a run that is not `0 <= start <= end <= MAX_INDEX_COUNT`
 */
export function indexSet(runs: Iterable<readonly [start: number, end: number]>): IndexSet {
  const sorted: (readonly [start: number, end: number])[] = []
  let isSorted = true
  let lastStart = 0
  for (const run of runs) {
    const [start, end] = run
    if (!isRun(start, end)) throw new RangeError(`Not a run of block indices: ${start} to ${end}`)
    if (start === end) continue
    if (start < lastStart) isSorted = false
    lastStart = start
    sorted.push(run)
  }
  if (!isSorted) sorted.sort((a, b) => a[0] - b[0])
  const out = new RunWriter(sorted.length)
  for (const [start, end] of sorted) out.add(start, end)
  return out.finish()
}

/** The indices from `start` to `end - 1`. */
export function span(start: number, end: number): IndexSet {
  return indexSet([[start, end]])
}

/** Whether `words` keeps the promise of the type, for sets that come from outside. */
export function isIndexSet(words: Uint32Array): words is IndexSet {
  if (words.length % 2 !== 0) return false
  for (let i = 1; i < words.length; i++) if (words[i]! <= words[i - 1]!) return false
  return words.length === 0 || words[words.length - 1]! <= MAX_INDEX_COUNT
}

export function union(a: IndexSet, b: IndexSet): IndexSet {
  return isEmpty(a) ? b : isEmpty(b) ? a : combine(a, b, IN_EITHER)
}

export function minus(a: IndexSet, b: IndexSet): IndexSet {
  return isEmpty(a) || isEmpty(b) ? a : combine(a, b, IN_FIRST_ONLY)
}

export function intersect(a: IndexSet, b: IndexSet): IndexSet {
  return isEmpty(a) || isEmpty(b) ? EMPTY : combine(a, b, IN_BOTH)
}

/** Time O(runs x log sets). */
export function unionAll(sets: Iterable<IndexSet>): IndexSet {
  let level = [...sets]
  while (level.length > 1) {
    const next: IndexSet[] = []
    for (let i = 0; i < level.length; i += 2) next.push(union(level[i]!, level[i + 1] ?? EMPTY))
    level = next
  }
  return level[0] ?? EMPTY
}

/** The lowest `count` indices of the set, or all. */
export function firstOf(a: IndexSet, count: number): IndexSet {
  const first = new RunWriter()
  let left = count
  for (let i = 0; i < a.length && left > 0; i += 2) {
    const end = Math.min(a[i + 1]!, a[i]! + left)
    first.add(a[i]!, end)
    left -= end - a[i]!
  }
  return first.finish()
}

/** How many indices the set has. */
export function sizeOf(a: IndexSet): number {
  let size = 0
  for (let i = 0; i < a.length; i += 2) size += a[i + 1]! - a[i]!
  return size
}

export function isEmpty(a: IndexSet): boolean {
  return a.length === 0
}

export function equals(a: IndexSet, b: IndexSet): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i])
}

export function has(a: IndexSet, index: number): boolean {
  return endsUpTo(a, index) % 2 === 1
}

/** How many of the indices `start` to `end - 1` the set has. */
export function countIn(a: IndexSet, start: number, end: number): number {
  let count = 0
  for (let i = endsUpTo(a, start) & ~1; i < a.length && a[i]! < end; i += 2) {
    count += Math.max(0, Math.min(end, a[i + 1]!) - Math.max(start, a[i]!))
  }
  return count
}

/** The runs in order, as `[start, end]` with `end` exclusive. */
export function* runsOf(a: IndexSet): Generator<[start: number, end: number]> {
  for (let i = 0; i < a.length; i += 2) yield [a[i]!, a[i + 1]!]
}

/** Builds a set from runs that come in order of their starts; touching ones are joined. */
export class RunWriter {
  #words: Uint32Array
  #length = 0

  /** @param runCount how many to expect; more are taken too */
  constructor(runCount = 8) {
    this.#words = new Uint32Array(2 * Math.max(1, runCount))
  }

  add(start: number, end: number): void {
    const last = this.#length - 1
    if (last > 0 && start <= this.#words[last]!) {
      if (end > this.#words[last]!) this.#words[last] = end
      return
    }
    if (this.#length === this.#words.length) this.#grow()
    this.#words[this.#length++] = start
    this.#words[this.#length++] = end
  }

  finish(): IndexSet {
    return this.#length === 0 ? EMPTY : this.#words.slice(0, this.#length)
  }

  #grow(): void {
    const larger = new Uint32Array(this.#words.length * 2)
    larger.set(this.#words)
    this.#words = larger
  }
}

// Which combinations of (in the first) + 2 * (in the second) belong to the result, as bits.
const IN_FIRST_ONLY = 0b0010
const IN_BOTH = 0b1000
const IN_EITHER = 0b1110

const BEYOND = 2 ** 32

/** One walk over the ends of both: an odd position in a set's words means inside of a run. */
function combine(a: IndexSet, b: IndexSet, wanted: number): IndexSet {
  const out = new Uint32Array(a.length + b.length)
  let length = 0
  let inA = 0
  let inB = 0
  let isInside = 0
  while (inA < a.length || inB < b.length) {
    const nextA = inA < a.length ? a[inA]! : BEYOND
    const nextB = inB < b.length ? b[inB]! : BEYOND
    const at = nextA < nextB ? nextA : nextB
    if (nextA === at) inA++
    if (nextB === at) inB++
    const isWanted = (wanted >> ((inA & 1) | ((inB & 1) << 1))) & 1
    if (isWanted !== isInside) {
      out[length++] = at
      isInside = isWanted
    }
  }
  return length === 0 ? EMPTY : out.slice(0, length)
}

/** How many words of `a` are at most `index`. */
function endsUpTo(a: IndexSet, index: number): number {
  let low = 0
  let high = a.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (a[middle]! <= index) low = middle + 1
    else high = middle
  }
  return low
}

function isRun(start: number, end: number): boolean {
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    start >= 0 &&
    start <= end &&
    end <= MAX_INDEX_COUNT
  )
}
