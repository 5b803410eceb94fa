import {
  CHANGED,
  type CoreSample,
  type CoreSampleColumn,
  UNWRITTEN,
} from '../contract/core-sample.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { countIn, type IndexSet, isEmpty } from './index-set.ts'
import type { Lineage } from './lineage.ts'
import { showBands } from './sample-bands.ts'
import { showBins } from './sample-bins.ts'
import type { SampleColumn } from './sample-cells.ts'
import { SampleWindow } from './sample-window.ts'

/** The live state of a volume, as the last column of a sample. */
export type SampleHead = {
  /** null: all that it holds was written since. */
  baseId: string | null
  /** Written since the base. */
  changed: IndexSet
  /** What the head holds; null: what its base reads and what changed. */
  written: IndexSet | null
  /** What it holds and has not loaded yet. */
  unloaded: IndexSet
  blockCount: number
}

export type SampleRequest = {
  /** Any nodes, in any order, of one tree or several, alive or not. */
  columnIds: readonly string[]
  head: SampleHead | null
  firstBlock: number
  blockCount: number
  maxRows: number
  /** Living nodes whose deletion is being considered. */
  doomedIds: readonly string[]
}

/**
 * Address against time. Rows are bands, on each of which no column changes, when there are at most
 * `maxRows`; otherwise equal bins, each with its majority writer and exact counts.
 */
export function sampleCore(lineage: Lineage, request: SampleRequest): CoreSample {
  const window = new SampleWindow(lineage, request)
  const hasHead = request.head !== null
  const bands = showBands(window, request.maxRows, hasHead)
  const { rowStarts, columns } = bands ?? showBins(window, request.maxRows, hasHead)
  const writers = writersOf(lineage, columns)
  const indexAt = new Map(writers.map(({ place }, index) => [place, index]))
  const ids: (string | null)[] = [...request.columnIds]
  if (hasHead) ids.push(null)
  return {
    rowStarts,
    isExact: bands !== null,
    writers: writers.map(({ id }) => id as SnapshotId), // the catalog gave these ids
    columns: ids.map((id, at): CoreSampleColumn => {
      const { writers: places, ...counts } = columns[at]!
      const cells = places.map((place) => indexAt.get(place) ?? place)
      const unloadedBlocks = id === null ? unloadedIn(request.head!, rowStarts) : null
      return { snapshotId: id as SnapshotId | null, cells, ...counts, unloadedBlocks }
    }),
  }
}

/** By row; null where all is loaded. */
function unloadedIn({ unloaded }: SampleHead, rowStarts: Uint32Array<ArrayBuffer>) {
  if (isEmpty(unloaded)) return null
  return Uint32Array.from({ length: rowStarts.length - 1 }, (_, row) =>
    countIn(unloaded, rowStarts[row]!, rowStarts[row + 1]!),
  )
}

/** Everybody who wrote a cell, oldest first. */
function writersOf({ nodes, shape }: Lineage, columns: readonly SampleColumn[]) {
  const isWriter = new Uint8Array(nodes.length)
  for (const { writers } of columns) {
    for (const place of writers) if (place !== UNWRITTEN && place !== CHANGED) isWriter[place] = 1
  }
  return [...isWriter.keys()]
    .filter((place) => isWriter[place])
    .sort((a, b) => shape.ranks[a]! - shape.ranks[b]!)
    .map((place) => ({ place, id: nodes[shape.ordinalAt[place]!]!.id }))
}
