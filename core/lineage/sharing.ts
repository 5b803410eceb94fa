import type { Lineage } from './lineage.ts'

/**
 * The other living nodes that hold blocks which a node holds, with how many; most first, then by
 * age. Time O(versions of its tree).
 */
export function sharingOf(lineage: Lineage, id: string): { id: string; shared: number }[] {
  const { shape, living, nodes } = lineage
  const ordinal = shape.ordinalOf(id)
  const own = shape.places[ordinal]!
  const { versions, firstPlace, endPlace } = shape.treeOf(ordinal)
  const { firsts, places, beneath, intervals } = versions
  // By place: how much more is shared from here on than before it.
  const steps = new Float64Array(endPlace - firstPlace + 1)
  const add = (place: number, weight: number) => {
    steps[place - firstPlace]! += weight
    steps[shape.subtreeEnds[place]! - firstPlace]! -= weight
  }
  for (let i = 0; i < intervals.count; i++) {
    const version = versions.find(i, own)
    if (!versions.isData(version)) continue
    const weight = intervals.weightOf(i)
    const subtreeEnd = shape.subtreeEnds[places[version]!]!
    add(places[version]!, weight)
    for (let above = version + 1; above < firsts[i + 1]!; above++) {
      if (places[above]! >= subtreeEnd) break
      if (beneath[above] === version) add(places[above]!, -weight)
    }
  }
  const found: { id: string; shared: number; rank: number }[] = []
  let shared = 0
  for (let place = firstPlace; place < endPlace; place++) {
    shared += steps[place - firstPlace]!
    if (shared === 0 || place === own || !living.isAlive[place]) continue
    found.push({ id: nodes[shape.ordinalAt[place]!]!.id, shared, rank: shape.ranks[place]! })
  }
  return found
    .sort((a, b) => b.shared - a.shared || a.rank - b.rank)
    .map(({ id, shared }) => ({ id, shared }))
}
