import { describe, expect, it } from 'vitest'
import { mapOf } from './block-map.ts'
import { collapse, planCollapse } from './collapse.ts'
import { figuresOf } from './figures.ts'
import { type IndexSet, union } from './index-set.ts'
import { Lineage } from './lineage.ts'
import { planRelease } from './release.ts'
import {
  fullOf,
  GIB,
  gib,
  hereOf,
  MIB,
  mib,
  releasedBy,
  snapshot,
  storedIn,
} from './testing/worked.ts'

/** 250 MiB, then 50 MiB changed, then 30 MiB. */
const seed = (third: IndexSet) =>
  new Lineage([
    snapshot('1', null, mib(0, 250), 250 * MIB),
    snapshot('2', '1', mib(0, 50), 250 * MIB),
    snapshot('3', '2', third, 250 * MIB),
  ])
const apart = seed(mib(50, 80))
const within = seed(mib(0, 30))

/** 10 GiB of data, then 4 GiB of them changed, then 2 GiB added. */
const A = snapshot('A', null, gib(0, 10))
const B = snapshot('B', 'A', gib(0, 4))
const C = snapshot('C', 'B', gib(10, 12))
const abc = new Lineage([A, B, C])

describe('250 / 50 / 30 MiB', () => {
  it('W1 stores 500, 100 and 60 blocks; each is full', () => {
    for (const lineage of [apart, within]) {
      expect(['1', '2', '3'].map((id) => hereOf(lineage, id))).toEqual([500, 100, 60])
      expect(['1', '2', '3'].map((id) => fullOf(lineage, id))).toEqual([500, 500, 500])
      expect(storedIn(lineage)).toBe(330 * MIB)
    }
  })

  it.each([
    ['W2', 'apart', apart, [50, 0, 30]],
    ['W3', 'within the second', within, [50, 30, 30]],
  ])('%s third change %s: what one deletion frees', (_, __, lineage, freed) => {
    const released = ['1', '2', '3'].map((id) => releasedBy(lineage, id) / MIB)
    expect(released).toEqual(freed)
    const left = ['1', '2', '3'].map((id) => storedIn(lineage.withDead([id])) / MIB)
    expect(left).toEqual(freed.map((one) => 330 - one))
  })

  it('W4 deleting any two frees 80 MiB and leaves 250', () => {
    for (const lineage of [apart, within]) {
      for (const pair of [
        ['1', '2'],
        ['1', '3'],
        ['2', '3'],
      ]) {
        expect(releasedBy(lineage, ...pair)).toBe(80 * MIB)
        expect(storedIn(lineage.withDead(pair))).toBe(250 * MIB)
      }
    }
  })
})

describe('A, B, C of 10, 4 and 2 GiB', () => {
  it('W5 stores 16 GiB; C borrows 4 of B and 6 of A', () => {
    expect(storedIn(abc)).toBe(32_768)
    const { starts, ends, writers } = mapOf(abc, 'C')
    const read = [...starts].map((start, run) => [
      abc.nodes[writers[run]!]!.id,
      (ends[run]! - start) / GIB,
    ])
    expect(read).toEqual([
      ['B', 4],
      ['A', 6],
      ['C', 2],
    ])
  })

  it('W6 full sizes are 10, 10 and 12 GiB; fair shares 6, 4 and 6', () => {
    const { of } = figuresOf(abc)
    expect([...of.values()].map(({ full }) => full / GIB)).toEqual([10, 10, 12])
    expect([...of.values()].map(({ fairShare }) => fairShare / GIB)).toEqual([
      expect.closeTo(6),
      expect.closeTo(4),
      expect.closeTo(6),
    ])
  })

  it('W7 of A and B alone: 14 GiB, deleting A frees 4 and leaves 10', () => {
    const ab = new Lineage([A, B])
    expect(storedIn(ab)).toBe(14 * GIB)
    expect(releasedBy(ab, 'A')).toBe(4 * GIB)
    expect(hereOf(ab.withDead(['A']), 'B')).toBe(10 * GIB)
  })

  it.each([
    ['W9', 'A', { B: 10, C: 2 }],
    ['W8', 'B', { A: 10, C: 6 }],
    ['W10', 'C', { A: 10, B: 4 }],
    ['W11', 'AB', { C: 12 }],
    ['', 'AC', { B: 10 }],
    ['W12', 'BC', { A: 10 }],
    ['', 'ABC', {}],
  ])('%s without %s the others are charged %j GiB', (_, names, charged) => {
    const { of } = figuresOf(abc.withDead(names))
    const found = [...of].map(([id, { storedHere }]) => [id, storedHere / GIB])
    expect(Object.fromEntries(found)).toEqual(charged)
  })

  it.each([
    ['A', 4, 4],
    ['B', 0, 0],
    ['C', 2, 2],
    ['AB', 4, 4],
    ['AC', 6, 6],
    ['BC', 6, 2],
    ['ABC', 16, 6],
  ])('deleting %s releases %i GiB, singly %i', (names, released, singleSum) => {
    const plan = planRelease(abc, [...names])
    expect(plan.released / GIB).toBe(released)
    expect(plan.singleSum / GIB).toBe(singleSum)
    expect(plan.surplus / GIB).toBe(released - singleSum)
    expect(plan.storedAfter / GIB).toBe(16 - released)
  })

  it('F11, W9 deleting A makes B inherit 6 GiB; after reclaiming just the same', () => {
    expect(planRelease(abc, ['A'])).toMatchObject({
      kept: 6 * GIB,
      heirs: [{ id: 'B', inherited: 6 * GIB }],
    })
    const dead = abc.withDead(['A'])
    const reclaimed = collapse(
      dead,
      planCollapse(dead, () => true),
    )
    for (const lineage of [dead, reclaimed]) {
      expect(figuresOf(lineage).of.get('B')).toMatchObject({
        added: 4 * GIB,
        inherited: 6 * GIB,
        storedHere: 10 * GIB,
      })
    }
    expect(reclaimed.nodes.map(({ id, parentId }) => [id, parentId])).toEqual([
      ['B', null],
      ['C', 'B'],
    ])
  })

  it('W11 with only C kept, C reads the same 12 GiB', () => {
    const dead = abc.withDead(['A', 'B'])
    const alone = collapse(
      dead,
      planCollapse(dead, () => true),
    )
    expect(storedIn(alone)).toBe(12 * GIB)
    expect(alone.nodes).toMatchObject([{ id: 'C', parentId: null, data: gib(0, 12) }])
  })

  it('W13 where C also overwrites 1 GiB of the four of B', () => {
    const lineage = new Lineage([A, B, { ...C, data: union(gib(3, 4), gib(10, 12)) }])
    expect(hereOf(lineage, 'C')).toBe(3 * GIB)
    expect(storedIn(lineage)).toBe(17 * GIB)
    expect(['A', 'B', 'C'].map((id) => releasedBy(lineage, id) / GIB)).toEqual([4, 1, 3])
  })
})
