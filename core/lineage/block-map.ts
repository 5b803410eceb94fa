import type { Lineage } from './lineage.ts'

/** What a node reads: data only, runs in order, neighbours of one writer joined. */
export type BlockMap = {
  starts: Uint32Array
  /** Exclusive. */
  ends: Uint32Array
  /** Index into `Lineage.nodes` of who stores the run. */
  writers: Int32Array
}

/** The block map of a node, alive or dead. Time O(intervals of its tree x log versions of one). */
export function mapOf(lineage: Lineage, id: string): BlockMap {
  const { shape } = lineage
  const ordinal = shape.ordinalOf(id)
  const place = shape.places[ordinal]!
  const { versions } = shape.treeOf(ordinal)
  const { bounds, count } = versions.intervals
  const starts = new Uint32Array(count)
  const ends = new Uint32Array(count)
  const writers = new Int32Array(count)
  let length = 0
  for (let i = 0; i < count; i++) {
    const version = versions.find(i, place)
    if (!versions.isData(version)) continue
    const writer = shape.ordinalAt[versions.places[version]!]!
    if (length > 0 && ends[length - 1] === bounds[i] && writers[length - 1] === writer) {
      ends[length - 1] = bounds[i + 1]!
      continue
    }
    starts[length] = bounds[i]!
    ends[length] = bounds[i + 1]!
    writers[length++] = writer
  }
  return {
    starts: starts.slice(0, length),
    ends: ends.slice(0, length),
    writers: writers.slice(0, length),
  }
}
