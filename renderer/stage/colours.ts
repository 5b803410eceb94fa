import type { Snapshot, SnapshotId } from '../../core/contract/model.ts'

/** Steps of the age ramp, oldest first: more than a person with colour blindness can tell apart. */
export const GENERATION_COUNT = 6

/** 0 (oldest) to 5 (youngest). */
export type Generation = number

/**
 * Which step of the age ramp each snapshot has: groups of equal count, oldest first. Up to three
 * snapshots use the steps that are furthest apart.
 *
 * @param snapshots the living snapshots of one tree (`treeOf(...).snapshots`), oldest first
 */
export function generationsOf(
  snapshots: readonly Pick<Snapshot, 'snapshotId'>[],
): ReadonlyMap<SnapshotId, Generation> {
  return new Map(snapshots.map((s, index) => [s.snapshotId, stepOf(index, snapshots.length)]))
}

/** The step of one snapshot; the youngest for one that is not among `snapshots`. */
export function generationOf(
  snapshots: readonly Pick<Snapshot, 'snapshotId'>[],
  id: SnapshotId,
): Generation {
  const index = snapshots.findIndex((s) => s.snapshotId === id)
  return index < 0 ? GENERATION_COUNT - 1 : stepOf(index, snapshots.length)
}

/** A CSS colour that follows the theme. */
export function colourOf(
  snapshots: readonly Pick<Snapshot, 'snapshotId'>[],
  id: SnapshotId,
): string {
  return colourOfGeneration(generationOf(snapshots, id))
}

export function colourOfGeneration(generation: Generation): string {
  return `var(--g${generation + 1})`
}

function stepOf(index: number, count: number): Generation {
  return count <= 3 ? index * 2 + 1 : Math.floor((index * GENERATION_COUNT) / count)
}
