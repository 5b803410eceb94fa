import type { DeltaRun } from '../blocks/delta.ts'
import type { ParentBlocks } from '../blocks/scan.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { blocksIn } from '../contract/units.ts'
import { mapOf } from '../lineage/block-map.ts'
import {
  EMPTY,
  type IndexSet,
  indexSet,
  intersect,
  isEmpty,
  minus,
  runsOf,
  span,
} from '../lineage/index-set.ts'
import { BlockMap } from './block-map.ts'
import { changedSince, livingBaseOf, type ManagedHead } from './head.ts'
import type { Library } from './library.ts'

/** What a snapshot of a head has to look at, and what it can say without looking. */
export type HeadChanges = {
  /** The next snapshot's parent. */
  baseId: SnapshotId | null
  /** Blocks to read. */
  scan: IndexSet
  /** What to compare them with; null: each of them counts as changed. */
  parent: ParentBlocks | null
  known: DeltaRun[]
}

/**
 * @param head what a managed volume held at the moment of the snapshot; null: it is linked
 * @param sizeBytes of the volume as it is now: a linked image may have grown
 * @param maybeData blocks of a linked image that are not known to be holes; null: any may hold data
 */
export function headChangesOf(
  library: Library,
  row: VolumeRow,
  head: ManagedHead | null,
  sizeBytes: number,
  maybeData: IndexSet | null,
): HeadChanges {
  const base = livingBaseOf(library.lineage(), row.baseId)
  const { baseId } = base
  if (head === null) {
    const parent = baseId === null ? null : BlockMap.of(library, baseId).parentBlocks
    const all = span(0, blocksIn(sizeBytes))
    const scan = maybeData === null ? all : intersect(all, maybeData)
    const skipped = minus(all, scan)
    const holes = isEmpty(skipped) ? EMPTY : intersect(skipped, dataOf(library, baseId))
    return { baseId, scan, parent, known: holeRuns(holes) }
  }
  const changed = changedSince(head, base)
  const known: DeltaRun[] = []
  for (const run of head.content.restrict(changed).runs()) if (run.kind === 'fill') known.push(run)
  // Rare: only where a deleted snapshot was of another volume, and had holes that this one has not.
  const gone = minus(changed, head.content.data)
  if (!isEmpty(gone)) {
    known.push(...holeRuns(intersect(gone, dataOf(library, baseId))))
  }
  return { baseId, scan: intersect(head.content.stored, changed), parent: null, known }
}

function holeRuns(set: IndexSet): DeltaRun[] {
  return [...runsOf(set)].map(([start, end]) => ({ kind: 'hole', start, end }))
}

function dataOf(library: Library, id: SnapshotId | null): IndexSet {
  if (id === null) return EMPTY
  const { starts, ends } = mapOf(library.lineage(), id)
  return indexSet([...starts.keys()].map((i) => [starts[i]!, ends[i]!] as const))
}
