import { Holders } from './holders.ts'
import { countIn, type IndexSet } from './index-set.ts'
import type { Lineage } from './lineage.ts'
import { HOLE } from './parts.ts'

/**
 * Of some blocks, how many each living node is the only one to read; those that none reads or
 * several read are left out. Time O(versions x log runs).
 *
 * @param sets by node: where it stores them
 */
export function soleReads(
  lineage: Lineage,
  sets: ReadonlyMap<string, IndexSet>,
): Map<string, number> {
  const { nodes, shape, living } = lineage
  const counts = new Map<string, number>()
  const setAt = (place: number) => sets.get(nodes[shape.ordinalAt[place]!]!.id)
  for (const { versions } of shape.trees) {
    const { firsts, places, kinds, intervals } = versions
    const holders = new Holders(versions, living)
    for (let i = 0; i < intervals.count; i++) {
      const first = firsts[i]!
      const end = firsts[i + 1]!
      holders.visit(first, end)
      for (let version = first; version < end; version++) {
        if (kinds[version] === HOLE || holders.counts[version - first] !== 1) continue
        const set = setAt(places[version]!)
        if (set === undefined) continue
        const count = countIn(set, intervals.bounds[i]!, intervals.bounds[i + 1]!)
        const reader = nodes[shape.ordinalAt[holders.soles[version - first]!]!]!.id
        if (count > 0) counts.set(reader, (counts.get(reader) ?? 0) + count)
      }
    }
  }
  return counts
}
