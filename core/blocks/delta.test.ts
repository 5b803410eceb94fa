import { describe, expect, test } from 'vitest'
import { equals, has, type IndexSet, indexSet } from '../lineage/index-set.ts'
import { Random, randomSet } from '../lineage/testing/random.ts'
import { Delta, type DeltaRun } from './delta.ts'
import { decodeSets } from './delta-codec.ts'

const SEED = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)
const BLOCKS = 40
const PATTERNS = [Buffer.alloc(16), Buffer.alloc(16, 1), Buffer.alloc(16, 2)]

/** What a delta says of each block, as text: the model that everything is compared with. */
function cells(delta: Delta): (string | null)[] {
  const out: (string | null)[] = Array.from({ length: BLOCKS }, () => null)
  for (const run of delta.runs()) {
    for (let i = run.start; i < run.end; i++) {
      if (out[i] !== null) throw new Error(`Block ${i} is in two runs`)
      out[i] = cell(run, i)
    }
  }
  return out
}

function cell(run: DeltaRun, index: number): string {
  if (run.kind === 'hole') return 'hole'
  if (run.kind === 'fill') return `fill ${run.pattern.toString('hex')}`
  return `block ${run.firstBlockId + index - run.start}`
}

function randomDelta(random: Random): Delta {
  const runs: DeltaRun[] = []
  let id = random.below(5) * 1e9
  for (let at = random.below(4); at < BLOCKS; ) {
    const end = Math.min(BLOCKS, at + 1 + random.below(5))
    const kind = random.below(3)
    if (kind === 0) runs.push({ kind: 'hole', start: at, end })
    if (kind === 1) runs.push({ kind: 'fill', start: at, end, pattern: random.pick(PATTERNS) })
    if (kind === 2) {
      runs.push({ kind: 'data', start: at, end, firstBlockId: id })
      id = random.chance(0.3) ? random.below(1e6) : id + end - at
    }
    at = end + (random.chance(0.5) ? 0 : random.below(4))
  }
  return Delta.of(random.shuffle(runs))
}

/** Runs `law` on many deltas and says with which seed it failed. */
function onMany(law: (random: Random) => void): void {
  for (let i = 0; i < 500; i++) {
    try {
      law(new Random(SEED + i))
    } catch (error) {
      throw new Error(`STRATA_SEED=${SEED + i}: ${error}`, { cause: error })
    }
  }
}

/** The blocks of which `belongs` is true. */
function setWhere(delta: Delta, belongs: (cell: string | null) => boolean): IndexSet {
  return indexSet(
    cells(delta).flatMap((c, i): [number, number][] => (belongs(c) ? [[i, i + 1]] : [])),
  )
}

describe('laws on random deltas', () => {
  test('packing and unpacking gives the same', () => {
    onMany((random) => {
      const delta = randomDelta(random)
      expect(Delta.decode(delta.encode()).runs()).toEqual(delta.runs())
    })
  })

  test('its sets are what its runs say', () => {
    onMany((random) => {
      const delta = randomDelta(random)
      expect(delta.holes).toEqual(setWhere(delta, (c) => c === 'hole'))
      expect(delta.stored).toEqual(setWhere(delta, (c) => c?.startsWith('block') === true))
      expect(delta.data).toEqual(setWhere(delta, (c) => c !== null && c !== 'hole'))
      expect(decodeSets(delta.encode())).toEqual({ data: delta.data, holes: delta.holes })
    })
  })

  test('laid under another, the other wins', () => {
    onMany((random) => {
      const lower = randomDelta(random)
      const upper = randomDelta(random)
      const over = cells(upper)
      const merged = lower.under(upper)
      expect(cells(merged)).toEqual(cells(lower).map((c, i) => over[i] ?? c))
      expect(Delta.of(merged.runs()).runs()).toEqual(merged.runs())
    })
  })

  test('restricted, it keeps its holes and the data asked for', () => {
    onMany((random) => {
      const delta = randomDelta(random)
      const keep = randomSet(random, BLOCKS)
      const kept = delta.restrict(keep)
      expect(cells(kept)).toEqual(
        cells(delta).map((c, i) => (c === 'hole' || has(keep, i) ? c : null)),
      )
    })
  })

  test('the ids of blocks, and the runs of a part', () => {
    onMany((random) => {
      const delta = randomDelta(random)
      const asked = randomSet(random, BLOCKS)
      const ids = [...delta.blockIdsIn(asked)].flatMap(([first, count]) =>
        Array.from({ length: count }, (_, i) => `block ${first + i}`),
      )
      expect(ids).toEqual(cells(delta).filter((c, i) => c?.startsWith('block') && has(asked, i)))
      const start = random.below(BLOCKS)
      const end = start + random.below(BLOCKS - start + 1)
      const part = cells(Delta.of(delta.runsIn(start, end)))
      expect(part).toEqual(cells(delta).map((c, i) => (i >= start && i < end ? c : null)))
    })
  })
})

describe('the bytes', () => {
  test('are few: 2,000 scattered changes take under 12 KB', () => {
    const random = new Random(1)
    const indices = new Set<number>()
    while (indices.size < 2_000) indices.add(random.below(200_000))
    const sorted = [...indices].sort((a, b) => a - b)
    const delta = Delta.of(
      sorted.map((start, i) => ({ kind: 'data', start, end: start + 1, firstBlockId: 1e9 + i })),
    )
    expect(delta.encode().length).toBeLessThan(12_000)
  })

  test('hold the largest volume and ids beyond 32 bits', () => {
    const end = 2 ** 27
    const delta = Delta.of([
      { kind: 'data', start: 0, end: 1, firstBlockId: 2 ** 50 },
      { kind: 'data', start: 1, end: 2, firstBlockId: 7 },
      { kind: 'fill', start: 2, end, pattern: PATTERNS[1]! },
    ])
    const again = Delta.decode(delta.encode())
    expect(again.runs()).toEqual(delta.runs())
    expect(equals(again.data, indexSet([[0, end]]))).toBe(true)
  })

  test('cut short or wrong are refused with the place', () => {
    const blob = Delta.of([
      { kind: 'data', start: 1_000, end: 3_000, firstBlockId: 1e9 },
      { kind: 'fill', start: 5_000, end: 5_001, pattern: PATTERNS[2]! },
    ]).encode()
    const whole = Delta.decode(blob).runs()
    for (let length = 0; length < blob.length; length++) {
      // A cut between runs cannot be told from a shorter delta.
      const decode = () => Delta.decode(blob.subarray(0, length)).runs()
      if (length === 1 || length === 10)
        expect(decode()).toEqual(whole.slice(0, length === 1 ? 0 : 1))
      else expect(decode, `cut to ${length} bytes`).toThrow(/byte \d+/)
    }
    const bad: [string, number[]][] = [
      ['version', [9]],
      ['empty run', [1, 0, 0]],
      ['beyond the largest volume', [1, 0, 0x81, 0x80, 0x80, 0x80, 1]],
      ['pattern of nothing before', [1, 3, 1]],
      ['negative id', [1, 1, 1, 1]],
      ['endless number', [1, ...Array<number>(40).fill(0x80), 0]],
      ['number over 2^53', [1, ...Array<number>(7).fill(0xff), 0x7f, 1]],
    ]
    for (const [what, bytes] of bad) {
      expect(() => Delta.decode(Buffer.from(bytes)), what).toThrow(/^Packed delta, byte \d+: /)
    }
  })

  test('mutated at random never give an impossible delta', () => {
    onMany((random) => {
      const blob = randomDelta(random).encode()
      blob[random.below(blob.length)] = random.below(256)
      let runs: readonly DeltaRun[]
      try {
        runs = Delta.decode(blob).runs()
      } catch (error) {
        expect(String(error)).toMatch(/Packed delta, byte \d+/)
        return
      }
      let last = 0
      for (const run of runs) {
        expect(run.start).toBeGreaterThanOrEqual(last)
        expect(run.end).toBeGreaterThan(run.start)
        expect(run.end).toBeLessThanOrEqual(2 ** 27)
        last = run.end
      }
    })
  })
})

test('overlapping runs are a defect', () => {
  expect(() =>
    Delta.of([
      { kind: 'hole', start: 0, end: 5 },
      { kind: 'hole', start: 4, end: 6 },
    ]),
  ).toThrow(/overlap/)
})
