import { describe, expect, it, vi } from 'vitest'
import { mapOf } from './block-map.ts'
import { collapse, planCollapse } from './collapse.ts'
import { figuresOf } from './figures.ts'
import { EMPTY, indexSet, span } from './index-set.ts'
import { Lineage, type LineageNode } from './lineage.ts'
import { planRelease, readAt } from './release.ts'
import { sampleCore } from './sample.ts'

// Slow machines may take their time.
vi.setConfig({ testTimeout: 60_000 })

const node = (id: string, parentId: string | null, more: Partial<LineageNode> = {}) => ({
  id,
  parentId,
  isAlive: true,
  startedAtMs: 0,
  blockCount: 8,
  data: EMPTY,
  holes: EMPTY,
  ...more,
})
const idsOf = (nodes: readonly LineageNode[]) => nodes.map(({ id }) => id)

describe('Lineage', () => {
  it('has parents before children, otherwise the oldest first', () => {
    const lineage = new Lineage([
      node('late child', 'root', { startedAtMs: 9 }),
      node('early child', 'root', { startedAtMs: 1 }),
      node('b', null, { startedAtMs: 5 }),
      node('a', null, { startedAtMs: 5 }),
      node('root', null, { startedAtMs: 3 }),
    ])
    expect(idsOf(lineage.nodes)).toEqual(['root', 'early child', 'a', 'b', 'late child'])
    expect(idsOf(lineage.childrenOf('root'))).toEqual(['early child', 'late child'])
    expect(lineage.has('a')).toBe(true)
    expect(lineage.has('c')).toBe(false)
    expect(() => lineage.get('c')).toThrow('No node c')
  })

  it('finds the nearest living ancestor', () => {
    const lineage = new Lineage([node('a', null), node('b', 'a'), node('c', 'b'), node('d', 'c')])
    expect(lineage.aliveParentOf('d')).toBe('c')
    expect(lineage.withDead(['b', 'c']).aliveParentOf('d')).toBe('a')
    expect(lineage.withDead(['a', 'b', 'c']).aliveParentOf('d')).toBeNull()
    expect(lineage.withDead(['b', 'c']).withAlive(['c']).aliveParentOf('d')).toBe('c')
    expect(lineage.aliveParentOf('a')).toBeNull()
  })

  it('takes a child smaller than its parent that hides what lies behind its end', () => {
    const lineage = new Lineage([
      node('a', null, { data: span(0, 8) }),
      node('b', 'a', { blockCount: 6, holes: span(6, 8) }),
    ])
    expect(figuresOf(lineage).of.get('b')).toMatchObject({ full: 6, added: 0 })
  })

  it('is not changed by those made from it', () => {
    const lineage = new Lineage([node('a', null, { data: span(0, 4) })])
    lineage.withDead(['a'])
    expect(lineage.get('a').isAlive).toBe(true)
    expect(figuresOf(lineage).stored).toBe(4)
  })

  it.each([
    ['an id twice', [node('a', null), node('a', null)], 'Two nodes are called a'],
    ['a missing parent', [node('a', 'x')], 'The parent x of a is missing'],
    ['a circle', [node('a', 'b'), node('b', 'a')], 'missing or its own descendant'],
    [
      'a child smaller than its parent',
      [node('a', null), node('b', 'a', { blockCount: 7 })],
      'b is smaller',
    ],
    [
      'data outside of the volume',
      [node('a', null, { data: span(7, 9) })],
      'outside of its volume',
    ],
    [
      'data in a hole',
      [node('a', null, { data: span(0, 3), holes: span(2, 4) })],
      'has data where it has holes',
    ],
    [
      'adopted blocks that are not there',
      [node('a', null, { data: span(0, 3), adopted: span(2, 4) })],
      'does not store',
    ],
  ])('refuses %s', (_, nodes, message) => expect(() => new Lineage(nodes)).toThrow(message))

  it('refuses to plan the release of what is dead, unknown or named twice', () => {
    const lineage = new Lineage([node('a', null), node('b', 'a', { isAlive: false })])
    expect(() => planRelease(lineage, ['b'])).toThrow('dead already')
    expect(() => planRelease(lineage, ['c'])).toThrow('No node c')
    expect(() => planRelease(lineage, ['a', 'a'])).toThrow('named twice')
  })

  it('without nodes has nothing', () => {
    const empty = new Lineage([])
    expect(figuresOf(empty)).toEqual({ of: new Map(), stored: 0, held: new Map() })
    expect(planRelease(empty, [])).toMatchObject({ released: 0, storedBefore: 0 })
    expect(planCollapse(empty, () => true)).toEqual({ steps: [], dead: [] })
  })
})

describe('a chain of 20,000', () => {
  const count = 20_000
  const scattered = (i: number) =>
    indexSet([0, 1, 2].map((k) => [(i * 31 + k * 977) % 5_000, ((i * 31 + k * 977) % 5_000) + 1]))
  const chain = new Lineage(
    Array.from({ length: count }, (_, i) =>
      node(`n${i}`, i === 0 ? null : `n${i - 1}`, {
        startedAtMs: i,
        blockCount: 5_000,
        data: i === 0 ? span(0, 5_000) : scattered(i),
      }),
    ),
  )
  const last = `n${count - 1}`
  const others = idsOf(chain.nodes).slice(0, -1)

  it('has its figures, releases and maps', () => {
    const { of, stored } = figuresOf(chain)
    expect(stored).toBe(5_000 + 3 * (count - 1))
    expect(of.get(last)!.full).toBe(5_000)
    expect(planRelease(chain, others)).toMatchObject({ storedAfter: 5_000 })
    expect(mapOf(chain, last).starts.length).toBeGreaterThan(1_000)
  })

  it('collapses into its last node', () => {
    const dead = chain.withDead(others)
    const read = readAt(dead)
    expect(read(`n${count - 2}`).length).toBeGreaterThan(0)
    const alone = collapse(
      dead,
      planCollapse(dead, () => true),
    )
    expect(alone.nodes).toMatchObject([{ id: last, parentId: null, data: span(0, 5_000) }])
    expect(figuresOf(alone).of.get(last)).toEqual(figuresOf(dead).of.get(last))
  })

  it('shows a sample of some columns', () => {
    const sample = sampleCore(chain, {
      columnIds: others.filter((_, i) => i % 100 === 0),
      head: null,
      firstBlock: 0,
      blockCount: 5_000,
      maxRows: 100,
      doomedIds: [],
    })
    expect(sample.columns.length).toBe(200)
    expect([...sample.columns[0]!.majorityBlocks]).toEqual(Array(100).fill(50))
  })
})
