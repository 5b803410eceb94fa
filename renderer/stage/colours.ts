import type { SnapshotId } from '../../core/contract/ids.ts'
import type { Snapshot } from '../../core/contract/model.ts'

/** Steps of the age ramp, oldest first: more than a person with colour blindness can tell apart. */
export const GENERATION_COUNT = 6

/** 0 (oldest) to 5 (youngest). */
export type Generation = number

/** What a colour is worked out from. */
type Coloured = Pick<Snapshot, 'snapshotId' | 'copiedFrom'>

/**
 * Which step of the age ramp each snapshot has: groups of equal count, oldest first. Up to three
 * snapshots use the steps that are furthest apart. A copy has the colour of its source while that
 * is there: it holds the same data, and no block is ever read in two regions.
 *
 * @param snapshots the living snapshots of one tree (`treeOf(...).snapshots`), oldest first
 */
export function generationsOf(snapshots: readonly Coloured[]): ReadonlyMap<SnapshotId, Generation> {
  const originOf = originsOf(snapshots)
  const origins = snapshots.filter((s) => originOf.get(s.snapshotId) === s.snapshotId)
  const steps = new Map(origins.map((s, index) => [s.snapshotId, stepOf(index, origins.length)]))
  return new Map(snapshots.map((s) => [s.snapshotId, steps.get(originOf.get(s.snapshotId)!)!]))
}

/** Of each snapshot the one that it is a copy of, by way of other copies; itself where that is gone. */
export function originsOf(snapshots: readonly Coloured[]): ReadonlyMap<SnapshotId, SnapshotId> {
  const origins = new Map<SnapshotId, SnapshotId>()
  // Oldest first: a source comes before its copies.
  for (const { snapshotId, copiedFrom } of snapshots) {
    origins.set(snapshotId, (copiedFrom !== null && origins.get(copiedFrom)) || snapshotId)
  }
  return origins
}

/** A CSS colour that follows the theme; the youngest for one that is not among `snapshots`. */
export function colourOf(snapshots: readonly Coloured[], id: SnapshotId): string {
  return colourOfGeneration(generationsOf(snapshots).get(id) ?? GENERATION_COUNT - 1)
}

export function colourOfGeneration(generation: Generation): string {
  return `var(--g${generation + 1})`
}

function stepOf(index: number, count: number): Generation {
  return count <= 3 ? index * 2 + 1 : Math.floor((index * GENERATION_COUNT) / count)
}
