import { describe, expect, it } from 'vitest'
import { mapOf } from './block-map.ts'
import { collapse, planCollapse } from './collapse.ts'
import { diffOf } from './diff.ts'
import { figuresOf } from './figures.ts'
import { EMPTY, indexSet, runsOf, sizeOf, span } from './index-set.ts'
import { Lineage } from './lineage.ts'
import { fullOf, GIB, gib, hereOf, releasedBy, snapshot, storedIn } from './testing/worked.ts'

/** 10 GiB of data, then 4 GiB of them changed, then 2 GiB added. */
const A = snapshot('A', null, gib(0, 10))
const B = snapshot('B', 'A', gib(0, 4))
const C = snapshot('C', 'B', gib(10, 12))

describe('volumes that grow, and volumes made from snapshots', () => {
  it('W14 of 200 GiB with 50 written, then 20 changed and 10 added', () => {
    const lineage = new Lineage([
      snapshot('1', null, gib(0, 50), 200 * GIB),
      snapshot('2', '1', gib(30, 60), 200 * GIB),
    ])
    expect(storedIn(lineage)).toBe(80 * GIB)
    expect(['1', '2'].map((id) => fullOf(lineage, id) / GIB)).toEqual([50, 60])
    expect(releasedBy(lineage, '1')).toBe(20 * GIB)
  })

  it('W15 a second volume made from A, with 4 GiB more', () => {
    const lineage = new Lineage([A, snapshot('B', 'A', gib(10, 14))])
    expect(hereOf(lineage, 'B')).toBe(4 * GIB)
    expect(storedIn(lineage)).toBe(14 * GIB)
    expect(releasedBy(lineage, 'A')).toBe(0)
    expect(releasedBy(lineage, 'B')).toBe(4 * GIB)
  })

  it.each([
    ['W17', 'the same GiB', gib(0, 1), 1],
    ['W18', 'another GiB', gib(1, 2), 0],
  ])('%s two volumes made from A, each rewrites %s', (_, __, second, freed) => {
    const lineage = new Lineage([A, snapshot('B1', 'A', gib(0, 1)), snapshot('B2', 'A', second)])
    expect(storedIn(lineage)).toBe(12 * GIB)
    expect(releasedBy(lineage, 'A')).toBe(freed * GIB)
  })

  it('W17 the remnant of A keeps what is read through it, for the earlier of its readers', () => {
    const lineage = new Lineage([A, snapshot('B1', 'A', gib(0, 1)), snapshot('B2', 'A', gib(0, 1))])
    const dead = lineage.withDead(['A'])
    const remnant = collapse(
      dead,
      planCollapse(dead, () => true),
    )
    expect(remnant.get('A').data).toEqual(gib(1, 10))
    expect(figuresOf(remnant).held).toEqual(new Map([['A', 9 * GIB]]))
    expect(['B1', 'B2'].map((id) => hereOf(remnant, id) / GIB)).toEqual([10, 1])
  })

  it.each([
    ['that started first', 9, 8, [0, 10]],
    ['with the lower id where both started at once', 8, 8, [10, 0]],
  ])('F11 of two branches the one %s is charged for what their ancestor leaves', (...row) => {
    const [, leftMs, rightMs, charged] = row
    const left = { ...snapshot('left', 'A', EMPTY), startedAtMs: leftMs }
    const right = { ...snapshot('right', 'A', EMPTY), startedAtMs: rightMs }
    const dead = new Lineage([{ ...A, startedAtMs: 0 }, right, left]).withDead(['A'])
    const reclaimed = collapse(
      dead,
      planCollapse(dead, () => true),
    )
    for (const lineage of [dead, reclaimed]) {
      expect(['left', 'right'].map((id) => hereOf(lineage, id) / GIB)).toEqual(charged)
    }
    // Once that goes, too, it is the other one's.
    const [first, other] = charged[0] === 10 ? ['left', 'right'] : ['right', 'left']
    expect(hereOf(reclaimed.withDead([first!]), other!)).toBe(10 * GIB)
  })

  it('W19 a snapshot of an untouched volume made from A depends on A alone', () => {
    const lineage = new Lineage([A, B, C, snapshot('D', 'A', EMPTY)])
    expect(hereOf(lineage, 'D')).toBe(0)
    expect(fullOf(lineage, 'D')).toBe(10 * GIB)
    const without = lineage.withDead(['B', 'C'])
    const mapped = (at: Lineage) => {
      const { starts, ends, writers } = mapOf(at, 'D')
      return [...starts].map((start, run) => [start, ends[run], at.nodes[writers[run]!]!.id])
    }
    expect(mapped(without)).toEqual([[0, 10 * GIB, 'A']])
    expect(
      mapped(
        collapse(
          without,
          planCollapse(without, () => true),
        ),
      ),
    ).toEqual(mapped(lineage))
  })

  it('W40 a block that was written in part is one changed block, a straddling write two', () => {
    const lineage = new Lineage([
      A,
      snapshot('one byte', 'A', span(0, 1)),
      snapshot('two bytes', 'one byte', span(0, 2)),
    ])
    expect(hereOf(lineage, 'one byte')).toBe(1)
    expect(hereOf(lineage, 'two bytes')).toBe(2)
    expect(diffOf(lineage, 'A', 'two bytes')).toEqual({
      ranges: [{ start: 0, end: 2, change: 'changed' }],
      added: 0,
      changed: 2,
      removed: 0,
    })
  })

  it('W43 a snapshot of a volume that was never written has nothing', () => {
    const lineage = new Lineage([snapshot('empty', null, EMPTY)])
    expect(figuresOf(lineage)).toEqual({
      of: new Map([
        [
          'empty',
          {
            full: 0,
            added: 0,
            inherited: 0,
            storedHere: 0,
            shared: 0,
            released: 0,
            fairShare: 0,
          },
        ],
      ]),
      stored: 0,
      held: new Map(),
    })
    expect(mapOf(lineage, 'empty').starts.length).toBe(0)
    expect(releasedBy(lineage, 'empty')).toBe(0)
  })

  it('counts blocks of 64 TiB without walking them', () => {
    const end = 2 ** 27
    const every = (size: number, from: number) =>
      indexSet(Array.from({ length: 100 }, (_, i) => [from + i * size, from + i * size + 9]))
    const lineage = new Lineage([
      snapshot('1', null, span(0, end), end),
      snapshot('2', '1', every(1_000_003, 5), end),
    ])
    const startedAt = performance.now()
    expect(storedIn(lineage)).toBe(end + 900)
    expect(sizeOf(indexSet(runsOf(lineage.get('2').data)))).toBe(900)
    expect(performance.now() - startedAt).toBeLessThan(200)
  })
})
