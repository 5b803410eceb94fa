import { describe, expect, it, vi } from 'vitest'
import {
  countIn,
  EMPTY,
  equals,
  has,
  indexSet,
  intersect,
  isEmpty,
  isIndexSet,
  MAX_INDEX_COUNT,
  minus,
  runsOf,
  sizeOf,
  span,
  union,
  unionAll,
} from './index-set.ts'
import { Random, setOf } from './testing/random.ts'

// Slow machines may take their time.
vi.setConfig({ testTimeout: 60_000 })

const END = 40
const indices = (end = END) => Array.from({ length: end }, (_, i) => i)

/** Two sets in both forms, from any runs in any order. */
function randomRuns(random: Random): (readonly [number, number])[] {
  return Array.from({ length: random.below(8) }, () => {
    const start = random.below(END)
    return [start, start + random.below(END + 1 - start)] as const
  })
}
const naive = (runs: readonly (readonly [number, number])[]) =>
  new Set(runs.flatMap(([start, end]) => indices().slice(start, end)))

describe('index sets', () => {
  const seed = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)

  it(`do what sets of numbers do (seed ${seed})`, () => {
    const random = new Random(seed)
    for (let i = 0; i < 2_000; i++) {
      const [runsA, runsB] = [randomRuns(random), randomRuns(random)]
      const [a, b] = [indexSet(runsA), indexSet(runsB)]
      const [inA, inB] = [naive(runsA), naive(runsB)]
      const where = (wanted: (index: number) => boolean) => setOf(indices().filter(wanted))
      expect(a).toEqual(where((index) => inA.has(index)))
      expect(isIndexSet(a)).toBe(true)
      expect(union(a, b)).toEqual(where((index) => inA.has(index) || inB.has(index)))
      expect(minus(a, b)).toEqual(where((index) => inA.has(index) && !inB.has(index)))
      expect(intersect(a, b)).toEqual(where((index) => inA.has(index) && inB.has(index)))
      expect(unionAll([b, a, EMPTY])).toEqual(union(a, b))
      expect(equals(a, b)).toBe(indices().every((index) => inA.has(index) === inB.has(index)))
      expect(sizeOf(a)).toBe(inA.size)
      expect(isEmpty(a)).toBe(inA.size === 0)
      const index = random.below(END)
      expect(has(a, index)).toBe(inA.has(index))
      const end = index + random.below(END + 1 - index)
      expect(countIn(a, index, end)).toBe([...inA].filter((x) => x >= index && x < end).length)
      expect(indexSet(runsOf(a))).toEqual(a)
    }
  })

  it('join runs that touch', () =>
    expect([
      ...indexSet([
        [4, 6],
        [0, 2],
        [2, 4],
        [9, 9],
      ]),
    ]).toEqual([0, 6]))

  it('refuse runs that are none', () => {
    for (const run of [
      [-1, 2],
      [3, 2],
      [0, 0.5],
      [0, MAX_INDEX_COUNT + 1],
      [Number.NaN, 1],
    ]) {
      expect(() => indexSet([[run[0]!, run[1]!]])).toThrow(RangeError)
    }
    expect(sizeOf(span(0, MAX_INDEX_COUNT))).toBe(MAX_INDEX_COUNT)
  })

  it('are told from words that only look like one', () => {
    expect(isIndexSet(Uint32Array.of(0, 2, 4, 6))).toBe(true)
    expect(isIndexSet(EMPTY)).toBe(true)
    const others = [[0], [2, 2], [0, 2, 2, 4], [4, 6, 0, 2], [0, MAX_INDEX_COUNT + 1]]
    for (const words of others) expect(isIndexSet(Uint32Array.from(words))).toBe(false)
  })
})
