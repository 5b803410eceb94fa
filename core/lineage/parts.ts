import { type IndexSet, minus } from './index-set.ts'
import { Intervals } from './intervals.ts'
import type { LineageNode } from './lineage.ts'

/** What a part says: a block that was stored for its node. */
export const OWN = 0
/** A block that came from a deleted ancestor which was merged into its node. */
export const ADOPTED = 1
/** "Reads as zeros, nothing is stored." */
export const HOLE = 2

/** What one node says in one way. The parts of a node are disjoint. */
export type Part = {
  /** Of the node. */
  readonly place: number
  /** OWN, ADOPTED or HOLE. */
  readonly kind: number
  /** The intervals at which its runs begin and end, in turn. */
  readonly bounds: Uint32Array
}

/** What all nodes of one tree say, laid on the intervals that their runs make together. */
export class Parts {
  /** In order of place. */
  readonly all: readonly Part[]
  readonly intervals: Intervals

  /** @param nodes of one tree, in order of place, the first of which is `firstPlace` */
  constructor(nodes: readonly LineageNode[], firstPlace: number) {
    const said = nodes.flatMap((node, offset) => saidBy(node, firstPlace + offset))
    this.intervals = new Intervals(said.map(({ set }) => set))
    this.all = said.map(({ place, kind, set }) => ({
      place,
      kind,
      bounds: this.intervals.positionsOf(set),
    }))
  }
}

type Said = { place: number; kind: number; set: IndexSet }

function saidBy({ data, holes, adopted }: LineageNode, place: number): Said[] {
  const said = [{ place, kind: OWN, set: data }]
  if (adopted !== undefined && adopted.length > 0) {
    said[0]!.set = minus(data, adopted)
    said.push({ place, kind: ADOPTED, set: adopted })
  }
  if (holes.length > 0) said.push({ place, kind: HOLE, set: holes })
  return said
}
