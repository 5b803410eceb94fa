import { beforeAll, describe, expect, it, vi } from 'vitest'
import { mapOf } from './block-map.ts'
import { type Change, diffOf } from './diff.ts'
import { figuresOf } from './figures.ts'
import { type IndexSet, indexSet, intersect, sizeOf } from './index-set.ts'
import { Lineage } from './lineage.ts'
import { planRelease, readAt } from './release.ts'
import { BruteForce, roundedFigures } from './testing/brute-force.ts'
import { FEWER, lawsLine, onManyForests } from './testing/many-forests.ts'
import type { Random } from './testing/random.ts'

// Slow machines may take their time.
vi.setConfig({ testTimeout: 60_000 })

beforeAll(() => console.info(lawsLine))

const livingOf = (lineage: Lineage) =>
  lineage.nodes.filter(({ isAlive }) => isAlive).map(({ id }) => id)
const someLiving = (lineage: Lineage, random: Random) =>
  random.shuffle(random.some(livingOf(lineage), random.pick([0.2, 0.5, 0.9])))
const deadOf = (lineage: Lineage) =>
  lineage.nodes.filter(({ isAlive }) => !isAlive).map(({ id }) => id)

/** What is changed, and what is there on the side of `to`, or of `from`. */
const ADDED: readonly Change[] = ['added', 'changed']
const REMOVED: readonly Change[] = ['removed', 'changed']

const changed = (lineage: Lineage, from: string, to: string, kinds: readonly Change[]): IndexSet =>
  indexSet(
    diffOf(lineage, from, to)
      .ranges.filter(({ change }) => kinds.includes(change))
      .map(({ start, end }) => [start, end]),
  )

/** All that a snapshot reads. */
function allOf(lineage: Lineage, id: string): IndexSet {
  const { starts, ends } = mapOf(lineage, id)
  return indexSet([...starts].map((start, run) => [start, ends[run]!]))
}

describe('figures', () => {
  it('are those of counting every block of every node', () =>
    onManyForests((lineage) => {
      const found = figuresOf(lineage)
      const counted = new BruteForce(lineage).figures()
      expect(roundedFigures(found)).toEqual(roundedFigures(counted))
      expect(found.held).toEqual(counted.held)
    }))

  it('stored here and fair share both sum to what is stored', () =>
    onManyForests((lineage) => {
      const { of, stored } = figuresOf(lineage)
      const all = [...of.values()]
      expect(all.reduce((sum, { storedHere }) => sum + storedHere, 0)).toBe(stored)
      expect(all.reduce((sum, { fairShare }) => sum + fairShare, 0)).toBeCloseTo(stored, 6)
    }, FEWER))

  it('come back when a deletion is undone', () =>
    onManyForests((lineage, random) => {
      const doomed = someLiving(lineage, random)
      const undone = lineage.withDead(doomed).withAlive(doomed)
      expect(figuresOf(undone)).toEqual(figuresOf(lineage))
    }, FEWER))
})

describe('a lineage after another', () => {
  it('is the one made from nothing, whatever it took over', () =>
    onManyForests((lineage, random) => {
      figuresOf(lineage)
      const nodes = lineage.nodes.map((node) => ({ ...node, isAlive: random.chance(0.7) }))
      const one = random.below(nodes.length * 2)
      if (one < nodes.length) {
        const nothing = new Uint32Array(0)
        nodes[one] = { ...nodes[one]!, data: nothing, adopted: nothing }
      }
      const after = Lineage.after(lineage, nodes)
      expect(figuresOf(after)).toEqual(figuresOf(new Lineage(nodes)))
      expect(after.shape === lineage.shape).toBe(one >= nodes.length)
    }, FEWER))
})

describe('release', () => {
  it('F10: is that of counting every block before and after', () =>
    onManyForests((lineage, random) => {
      const doomed = someLiving(lineage, random)
      const plan = planRelease(lineage, doomed)
      const counted = new BruteForce(lineage).release(doomed)
      expect(plan.alone).toEqual(counted.alone)
      expect(new Map(plan.heirs.map(({ id, inherited }) => [id, inherited]))).toEqual(counted.heirs)
      expect(plan).toMatchObject({
        doomedIds: doomed,
        released: counted.released,
        kept: counted.kept,
        storedBefore: counted.storedBefore,
        storedAfter: counted.storedBefore - counted.released,
      })
      expect(plan.singleSum).toBe([...counted.alone.values()].reduce((sum, one) => sum + one, 0))
      expect(plan.surplus).toBe(plan.released - plan.singleSum)
      expect(plan.heirs).toEqual(plan.heirs.toSorted((a, b) => b.inherited - a.inherited))
    }))

  it('of nothing is nothing, of everything is what is stored', () =>
    onManyForests((lineage) => {
      expect(planRelease(lineage, [])).toMatchObject({ released: 0, kept: 0, heirs: [] })
      const { stored } = figuresOf(lineage)
      expect(planRelease(lineage, livingOf(lineage))).toMatchObject({
        released: stored,
        storedAfter: 0,
        kept: 0,
        heirs: [],
      })
    }, FEWER))

  it('of one is its figure', () =>
    onManyForests((lineage) => {
      for (const [id, { released }] of figuresOf(lineage).of) {
        expect(planRelease(lineage, [id]).released).toBe(released)
      }
    }, FEWER))

  it('F13: of one is what it wrote since the one before and each of the next wrote again', () =>
    onManyForests((forest) => {
      const lineage = forest.withAlive(deadOf(forest))
      for (const { id, parentId } of lineage.nodes) {
        // Blocks that it has itself: what it only took away it does not keep.
        const since = parentId === null ? allOf(lineage, id) : changed(lineage, parentId, id, ADDED)
        const again = lineage.childrenOf(id).map((next) => changed(lineage, id, next.id, REMOVED))
        expect(planRelease(lineage, [id]).released).toBe(sizeOf(again.reduce(intersect, since)))
      }
    }, FEWER))

  it('is monotone, and together never less than apart', () =>
    onManyForests((lineage, random) => {
      const both = someLiving(lineage, random)
      const s = random.some(both, 0.5)
      const t = both.filter((id) => !s.includes(id))
      const released = (ids: string[]) => planRelease(lineage, ids).released
      expect(released(both)).toBeGreaterThanOrEqual(released(s) + released(t))
      expect(planRelease(lineage, both).surplus).toBeGreaterThanOrEqual(0)
    }, FEWER))

  it('previewed is what the deletion does', () =>
    onManyForests((lineage, random) => {
      const doomed = someLiving(lineage, random)
      const plan = planRelease(lineage, doomed)
      const before = figuresOf(lineage)
      const after = figuresOf(lineage.withDead(doomed))
      expect(after.stored).toBe(plan.storedAfter)
      const inherited = new Map(plan.heirs.map((heir) => [heir.id, heir.inherited]))
      for (const [id, figures] of after.of) {
        expect(figures.storedHere - before.of.get(id)!.storedHere).toBe(inherited.get(id) ?? 0)
        expect(figures.full).toBe(before.of.get(id)!.full)
      }
      const charged = doomed.reduce((sum, id) => sum + before.of.get(id)!.storedHere, 0)
      const toHeirs = plan.heirs.reduce((sum, heir) => sum + heir.inherited, 0)
      expect(toHeirs).toBe(charged - plan.released)
    }, FEWER))

  it('in two steps, in either order, ends where one step does', () =>
    onManyForests((lineage, random) => {
      const both = someLiving(lineage, random)
      const [s, t] = [both.slice(0, both.length / 2), both.slice(both.length / 2)]
      const first = planRelease(lineage, s).released
      const second = planRelease(lineage.withDead(s), t).released
      expect(first + second).toBe(planRelease(lineage, both).released)
      const other = lineage.withDead(t).withDead(s)
      expect(figuresOf(other)).toEqual(figuresOf(lineage.withDead(both)))
    }, FEWER))
})

describe('readAt', () => {
  it('has the indices that a living node at or below reads as they stand there', () =>
    onManyForests((lineage) => {
      const read = readAt(lineage)
      const { held } = figuresOf(lineage)
      for (const { id, isAlive, blockCount, data } of lineage.nodes) {
        if (isAlive) expect(sizeOf(read(id))).toBe(blockCount)
        else expect(sizeOf(intersect(read(id), data))).toBe(held.get(id))
      }
    }, FEWER))
})
