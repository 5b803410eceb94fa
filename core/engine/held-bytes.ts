import { SnapshotId, type VolumeId } from '../contract/ids.ts'
import type { HeldBytes } from '../contract/loading.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { planCollapse } from '../lineage/collapse.ts'
import { soleReads } from '../lineage/held.ts'
import { EMPTY, type IndexSet, intersect, isEmpty, minus, sizeOf } from '../lineage/index-set.ts'
import type { Lineage } from '../lineage/lineage.ts'
import type { Library } from './library.ts'
import { countOrphans, heldIn, holdsOf } from './unloaded.ts'

/*
 * What deleting snapshots does not give back yet, because volumes still have to load it. To the
 * lineage it is gone: no snapshot reads it.
 */

/** Blocks that only one snapshot reads and volumes have to load, by that snapshot. */
export function heldIfDeleted(library: Library): Map<string, number> {
  const holds = holdsOf(library)
  if (holds.length === 0) return new Map()
  const sets = new Map<string, IndexSet>()
  for (const { id } of library.lineage().nodes) {
    const held = heldIn(library.deltaOf(SnapshotId.parse(id)), holds)
    if (!isEmpty(held)) sets.set(id, held)
  }
  return soleReads(library.lineage(), sets)
}

/** What volumes hold of the blocks that are read by nobody once these snapshots are deleted. */
export function heldAfter(
  library: Library,
  doomed: readonly SnapshotId[],
): { heldBytes: number; heldBy: HeldBytes[] } {
  const holds = holdsOf(library)
  if (holds.length === 0) return { heldBytes: 0, heldBy: [] }
  const before = unreadIn(library.lineage())
  const after = unreadIn(library.lineage().withDead(doomed))
  let held = 0
  const by = new Map<VolumeId, number>()
  for (const [id, unread] of after) {
    const gone = minus(unread, before.get(id) ?? EMPTY)
    const delta = library.deltaOf(SnapshotId.parse(id))
    held += sizeOf(intersect(gone, heldIn(delta, holds)))
    for (const hold of holds) {
      const count = sizeOf(intersect(gone, delta.sameBlocks(hold.unloaded)))
      if (count > 0) by.set(hold.volumeId, (by.get(hold.volumeId) ?? 0) + count)
    }
  }
  const heldBy = [...by]
    .map(([volumeId, count]) => ({ volumeId, heldBytes: count * BLOCK_BYTES }))
    .sort((a, b) => b.heldBytes - a.heldBytes)
  return { heldBytes: held * BLOCK_BYTES, heldBy }
}

/** Of all blocks that no snapshot reads any more, what volumes have still to load. */
export function heldNow(library: Library): number {
  const holds = holdsOf(library)
  if (holds.length === 0) return 0
  let held = countOrphans(library)
  for (const [id, unread] of unreadIn(library.lineage())) {
    held += sizeOf(intersect(unread, heldIn(library.deltaOf(SnapshotId.parse(id)), holds)))
  }
  return held * BLOCK_BYTES
}

/** By node: what it stores and no living one reads. */
function unreadIn(lineage: Lineage): Map<string, IndexSet> {
  return new Map(planCollapse(lineage, () => true).dead.map(({ id, data }) => [id, data]))
}
