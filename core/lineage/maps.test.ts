import { describe, expect, it, vi } from 'vitest'
import { mapOf } from './block-map.ts'
import { diffOf } from './diff.ts'
import type { Lineage } from './lineage.ts'
import { sharingOf } from './sharing.ts'
import { BruteForce, type Version } from './testing/brute-force.ts'
import { FEWER, onManyForests } from './testing/many-forests.ts'

// Slow machines may take their time.
vi.setConfig({ testTimeout: 60_000 })

/** A map of the algebra written out: by index, the key of the version. */
function writtenOut(lineage: Lineage, id: string): (string | null)[] {
  const { starts, ends, writers } = mapOf(lineage, id)
  const keys: (string | null)[] = Array(lineage.get(id).blockCount).fill(null)
  for (const [run, start] of starts.entries()) {
    const writer = lineage.nodes[writers[run]!]!.id
    for (let i = start; i < ends[run]!; i++) keys[i] = `${writer}:${i}`
  }
  return keys
}

const keyOf = (version: Version | null | undefined) => version?.key ?? null

describe('mapOf', () => {
  it('has the block that is read at every index, of the living and the dead', () =>
    onManyForests((lineage) => {
      const counted = new BruteForce(lineage)
      for (const { id } of lineage.nodes) {
        expect(writtenOut(lineage, id)).toEqual(counted.mapOf(id).map(keyOf))
      }
    }, FEWER))

  it('joins neighbouring runs of one writer', () =>
    onManyForests((lineage, random) => {
      const { starts, ends, writers } = mapOf(lineage, random.pick(lineage.nodes).id)
      for (let run = 1; run < starts.length; run++) {
        expect(starts[run]).toBeGreaterThanOrEqual(ends[run - 1]!)
        if (starts[run] === ends[run - 1]) expect(writers[run]).not.toBe(writers[run - 1])
      }
    }, FEWER))
})

describe('diffOf', () => {
  it('tells each block that differs, within a tree and across trees', () =>
    onManyForests((lineage, random) => {
      const [from, to] = [random.pick(lineage.nodes).id, random.pick(lineage.nodes).id]
      const diff = diffOf(lineage, from, to)
      const counted = new BruteForce(lineage)
      const [a, b] = [counted.mapOf(from).map(keyOf), counted.mapOf(to).map(keyOf)]
      const expected = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
        const [old, now] = [a[i] ?? null, b[i] ?? null]
        if (old === now) return null
        return old === null ? 'added' : now === null ? 'removed' : 'changed'
      })
      const found: (string | null)[] = expected.map(() => null)
      for (const { start, end, change } of diff.ranges) found.fill(change, start, end)
      expect(found).toEqual(expected)
      const countOf = (change: string) => expected.filter((one) => one === change).length
      expect([diff.added, diff.changed, diff.removed]).toEqual(
        ['added', 'changed', 'removed'].map(countOf),
      )
      for (let i = 1; i < diff.ranges.length; i++) {
        const [last, next] = [diff.ranges[i - 1]!, diff.ranges[i]!]
        expect(last.end < next.start || last.change !== next.change).toBe(true)
      }
    }))
})

describe('sharingOf', () => {
  it('counts the blocks that others hold too, most first', () =>
    onManyForests((lineage, random) => {
      const { id } = random.pick(lineage.nodes)
      const counted = new BruteForce(lineage)
      const mine = new Set(counted.mapOf(id).map(keyOf))
      mine.delete(null)
      const expected = counted.living
        .filter((other) => other.id !== id)
        .map((other) => ({
          id: other.id,
          shared: counted.mapOf(other.id).filter((version) => mine.has(keyOf(version))).length,
        }))
        .filter(({ shared }) => shared > 0)
      const found = sharingOf(lineage, id)
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
      expect(found.toSorted(byId)).toEqual(expected.sort(byId))
      expect(found).toEqual(found.toSorted((a, b) => b.shared - a.shared))
    }, FEWER))
})
