import { describe, expect, it, vi } from 'vitest'
import { type CollapsePlan, collapse, planCollapse } from './collapse.ts'
import { figuresOf } from './figures.ts'
import { EMPTY, has, indexSet, minus, sizeOf, span } from './index-set.ts'
import { Lineage, type LineageNode } from './lineage.ts'
import { BruteForce, roundedFigures } from './testing/brute-force.ts'
import { FEWER, onManyForests } from './testing/many-forests.ts'
import { type Random, setOf } from './testing/random.ts'

// Slow machines may take their time.
vi.setConfig({ testTimeout: 60_000 })

const idsOf = (lineage: Lineage, isAlive: boolean) =>
  lineage.nodes.filter((node) => node.isAlive === isAlive).map(({ id }) => id)

/** A lineage with some of its dead nodes final and the rest undoable. */
function withFinal(lineage: Lineage, random: Random) {
  const final = new Set(random.some(idsOf(lineage, false), random.pick([0.3, 0.7, 1])))
  const undoable = idsOf(lineage, false).filter((id) => !final.has(id))
  return { final, undoable }
}

/** Carries a plan out as an engine would: one step after another, one block at a time. */
function step(lineage: Lineage, plan: CollapsePlan): Lineage {
  const nodes = new Map(lineage.nodes.map((node): [string, LineageNode] => [node.id, node]))
  const indices = (node: LineageNode) => Array.from({ length: node.blockCount }, (_, i) => i)
  const childrenOf = (id: string) => [...nodes.values()].filter((node) => node.parentId === id)
  for (const todo of plan.steps) {
    const node = nodes.get(todo.id)!
    if (todo.kind === 'trim') {
      nodes.set(node.id, { ...node, data: todo.keep, adopted: EMPTY })
      continue
    }
    expect(childrenOf(node.id).map(({ id }) => id)).toEqual(
      todo.kind === 'merge' ? [todo.into] : [],
    )
    nodes.delete(node.id)
    if (todo.kind === 'drop') continue
    const into = nodes.get(todo.into)!
    const isSaid = (i: number) => has(into.data, i) || has(into.holes, i)
    const moved = indices(node).filter((i) => has(node.data, i) && !isSaid(i))
    const gaps = indices(node).filter((i) => has(node.holes, i) && !isSaid(i))
    nodes.set(into.id, {
      ...into,
      parentId: node.parentId,
      data: setOf([...indices(into).filter((i) => has(into.data, i)), ...moved]),
      holes: setOf([...indices(into).filter((i) => has(into.holes, i)), ...gaps]),
      adopted: setOf([...indices(into).filter((i) => has(into.adopted ?? EMPTY, i)), ...moved]),
    })
  }
  return new Lineage([...nodes.values()])
}

describe('collapse', () => {
  it('changes no figure and no map, neither now nor after an undo', () =>
    onManyForests((lineage, random) => {
      const { final, undoable } = withFinal(lineage, random)
      const after = collapse(
        lineage,
        planCollapse(lineage, (id) => final.has(id)),
      )
      expect(roundedFigures(figuresOf(after))).toEqual(roundedFigures(figuresOf(lineage)))
      const undone = [lineage.withAlive(undoable), after.withAlive(undoable)] as const
      expect(roundedFigures(figuresOf(undone[1]))).toEqual(roundedFigures(figuresOf(undone[0])))
      const ids = [...idsOf(lineage, true), ...undoable]
      expect(new BruteForce(after).sharing(ids)).toEqual(new BruteForce(lineage).sharing(ids))
    }))

  it('leaves of the final nodes only remnants of two branches, all of whose data is read', () =>
    onManyForests((lineage, random) => {
      const { final, undoable } = withFinal(lineage, random)
      const plan = planCollapse(lineage, (id) => final.has(id))
      const after = collapse(lineage, plan)
      const { held } = figuresOf(after.withAlive(undoable))
      for (const { id, data } of after.nodes.filter((node) => final.has(node.id))) {
        expect(after.childrenOf(id).length).toBeGreaterThan(1)
        expect(held.get(id)).toBe(sizeOf(data))
      }
      expect(planCollapse(after, (id) => final.has(id))).toEqual({ steps: [], dead: [] })
    }, FEWER))

  it('gives up exactly the blocks that nobody can read again', () =>
    onManyForests((lineage, random) => {
      const { final, undoable } = withFinal(lineage, random)
      const plan = planCollapse(lineage, (id) => final.has(id))
      const read = new BruteForce(lineage.withAlive(undoable)).holders()
      const dead = new Map(plan.dead.map(({ id, data }) => [id, data]))
      for (const { id, data } of lineage.nodes) {
        const indices = Array.from({ length: 64 }, (_, i) => i)
        const unread = indices.filter((i) => has(data, i) && !read.has(`${id}:${i}`))
        expect(dead.get(id) ?? EMPTY).toEqual(setOf(unread))
      }
    }, FEWER))

  it('carried out step by step ends where collapse does', () =>
    onManyForests((lineage, random) => {
      const { final } = withFinal(lineage, random)
      const plan = planCollapse(lineage, (id) => final.has(id))
      const stepped = step(lineage, plan)
      const at = collapse(lineage, plan)
      const withoutDefaults = (all: Lineage) =>
        all.nodes.map((node) => ({ ...node, adopted: node.adopted ?? EMPTY }))
      expect(withoutDefaults(at)).toEqual(withoutDefaults(stepped))
    }, FEWER))

  it('between deletions, in any order of them, changes nothing about the end', () =>
    onManyForests((lineage, random) => {
      const doomed = random.shuffle(random.some(idsOf(lineage, true), 0.6))
      const atOnce = lineage.withDead(doomed)
      let stepwise = lineage
      for (const id of doomed) {
        stepwise = stepwise.withDead([id])
        if (random.chance(0.5))
          stepwise = collapse(
            stepwise,
            planCollapse(stepwise, () => true),
          )
      }
      expect(roundedFigures(figuresOf(stepwise))).toEqual(roundedFigures(figuresOf(atOnce)))
      const ids = idsOf(atOnce, true)
      expect(new BruteForce(stepwise).sharing(ids)).toEqual(new BruteForce(atOnce).sharing(ids))
      const end = collapse(
        stepwise,
        planCollapse(stepwise, () => true),
      )
      expect(end.nodes.map(({ id }) => id)).toEqual(
        collapse(
          atOnce,
          planCollapse(atOnce, () => true),
        ).nodes.map(({ id }) => id),
      )
    }, FEWER))

  it('merges a long dead run into its survivor, nearest first', () => {
    const node = (id: string, parentId: string | null, isAlive: boolean, at: number) => ({
      id,
      parentId,
      isAlive,
      startedAtMs: at,
      blockCount: 10,
      data: span(at, at + 4),
      holes: EMPTY,
    })
    const lineage = new Lineage([
      node('a', null, false, 0),
      node('b', 'a', false, 2),
      node('c', 'b', true, 4),
    ])
    const plan = planCollapse(lineage, () => true)
    expect(plan.steps).toEqual([
      { kind: 'merge', id: 'b', into: 'c' },
      { kind: 'merge', id: 'a', into: 'c' },
    ])
    expect(plan.dead).toEqual([
      { id: 'a', data: span(2, 4) },
      { id: 'b', data: span(4, 6) },
    ])
    const [survivor] = collapse(lineage, plan).nodes
    expect(survivor).toMatchObject({ id: 'c', parentId: null, data: span(0, 8) })
    expect(survivor!.adopted).toEqual(minus(span(0, 8), span(4, 8)))
  })

  it('gives a remnant only what its branches read, from a node that merges into it', () => {
    const base = { startedAtMs: 0, blockCount: 8, holes: EMPTY }
    const lineage = new Lineage([
      { ...base, id: 'a', parentId: null, isAlive: false, data: span(0, 8) },
      { ...base, id: 'b', parentId: 'a', isAlive: false, data: span(6, 8) },
      { ...base, id: 'x', parentId: 'b', isAlive: true, data: span(0, 3) },
      { ...base, id: 'y', parentId: 'b', isAlive: true, data: span(1, 7) },
    ])
    const plan = planCollapse(lineage, () => true)
    expect(plan.steps).toEqual([
      {
        kind: 'trim',
        id: 'a',
        keep: indexSet([
          [0, 1],
          [3, 6],
        ]),
      },
      { kind: 'merge', id: 'a', into: 'b' },
    ])
    const after = collapse(lineage, plan)
    expect(after.get('b')).toMatchObject({
      parentId: null,
      data: indexSet([
        [0, 1],
        [3, 8],
      ]),
    })
  })

  it('keeps the hole of a merged node, which hides what is above', () => {
    const base = { startedAtMs: 0, blockCount: 4, data: EMPTY, holes: EMPTY }
    const lineage = new Lineage([
      { ...base, id: 'a', parentId: null, isAlive: true, data: span(0, 4) },
      { ...base, id: 'b', parentId: 'a', isAlive: false, holes: indexSet([[1, 3]]) },
      { ...base, id: 'c', parentId: 'b', isAlive: true, data: span(2, 3) },
    ])
    const after = collapse(
      lineage,
      planCollapse(lineage, () => true),
    )
    expect(after.get('c')).toMatchObject({ parentId: 'a', holes: span(1, 2), data: span(2, 3) })
  })
})
