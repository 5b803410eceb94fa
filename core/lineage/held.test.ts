import { expect, it } from 'vitest'
import { figuresOf } from './figures.ts'
import { soleReads } from './held.ts'
import { EMPTY } from './index-set.ts'
import { FEWER, onManyForests } from './testing/many-forests.ts'

it('of all blocks, each node is the only reader of what deleting it would release', () =>
  onManyForests((lineage, random) => {
    const all = new Map(lineage.nodes.map(({ id, data }) => [id, data]))
    const counts = soleReads(lineage, all)
    for (const [id, { released }] of figuresOf(lineage).of) {
      expect(counts.get(id) ?? 0, id).toBe(released)
    }
    // Of some nodes' blocks and of the others', it adds up to the same.
    const some = new Set(random.some([...all.keys()], 0.5))
    const part = (isIn: boolean) =>
      soleReads(
        lineage,
        new Map([...all].map(([id, set]) => [id, some.has(id) === isIn ? set : EMPTY])),
      )
    const [ours, theirs] = [part(true), part(false)]
    for (const [id, count] of counts)
      expect((ours.get(id) ?? 0) + (theirs.get(id) ?? 0)).toBe(count)
  }, FEWER))
