import type { Delta } from '../blocks/delta.ts'
import { packSet, unpackSet } from '../catalog/packed-set.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { SnapshotId } from '../contract/ids.ts'
import { type CollapsePlan, planCollapse } from '../lineage/collapse.ts'
import { EMPTY, type IndexSet, intersect, minus, union } from '../lineage/index-set.ts'
import { buryBlocks } from './bury-blocks.ts'
import { managedHead } from './head.ts'
import type { Library } from './library.ts'
import { deadRecords } from './reclaimable.ts'
import { passToHolds } from './unloaded.ts'

/**
 * Contracts dead snapshots whose deletion is over: their blocks that nobody reads become dead bytes
 * of their segments, the rest passes to who reads it. One transaction; no figure changes.
 *
 * @param isOver which deleted snapshots can no longer be undone
 */
export function collapseLineage(library: Library, isOver: (row: SnapshotRow) => boolean): void {
  const over = [...library.snapshotRows().values()].filter(isOver)
  const going = new Set<string>(over.filter(({ state }) => state === 'deleted').map(({ id }) => id))
  // A deletion to the Recycle Bin, too, can only be undone until its time is over.
  const binned = over.filter((row) => row.state === 'recoverable' && row.deletionId !== null)
  if (going.size === 0 && binned.length === 0) return
  const plan = planCollapse(library.lineage(), (id) => going.has(id))
  library.change(() => {
    bury(library, plan)
    moveHeads(library, going)
    // Before they are merged: what is buried must not live on in another delta.
    for (const step of plan.steps) if (step.kind === 'trim') trim(library, step.id, step.keep)
    for (const [into, from] of mergesOf(plan)) merge(library, into, from)
    for (const step of plan.steps) if (step.kind !== 'trim') remove(library, step.id)
    settle(library, new Set([...going, ...binned.map(({ id }) => id)]), plan)
  })
}

/** The blocks that nobody reads any more leave the catalog, but for what volumes still have to load. */
function bury(library: Library, plan: CollapsePlan): void {
  buryBlocks(library, [...deadRecords(library, plan)])
  passToHolds(
    library,
    plan.dead.map(({ id, data }) => ({ delta: library.deltaOf(SnapshotId.parse(id)), data })),
  )
}

/** Heads, and snapshots about to be taken, look to the nearest ancestor that stays. */
function moveHeads(library: Library, going: ReadonlySet<string>): void {
  const lineage = library.lineage()
  const climb = (id: SnapshotId | null): { id: SnapshotId | null; said: IndexSet } => {
    let said = EMPTY
    let at: string | null = id
    while (at !== null && going.has(at)) {
      const node = lineage.get(at)
      said = union(said, union(node.data, node.holes))
      at = node.parentId
    }
    return { id: at === null ? null : SnapshotId.parse(at), said }
  }
  for (const row of library.volumeRows().values()) {
    if (row.baseId === null || !going.has(row.baseId)) continue
    const { id, said } = climb(row.baseId)
    const head = managedHead(row)
    const dirty = head === undefined ? null : packSet(union(head.dirty, said))
    library.volumes.update({ ...row, baseId: id, dirty })
    library.underWay.moments.loseBase(row.id, said)
  }
  for (const row of library.snapshotRows().values()) {
    if (row.state === 'pending') library.snapshots.setParent(row.id, climb(row.parentId).id)
  }
}

/** What is merged into each node, nearest ancestor first. */
function mergesOf(plan: CollapsePlan): Map<string, string[]> {
  const merges = new Map<string, string[]>()
  for (const step of plan.steps) {
    if (step.kind !== 'merge') continue
    merges.set(step.into, [...(merges.get(step.into) ?? []), step.id])
  }
  return merges
}

function merge(library: Library, into: string, from: readonly string[]): void {
  const id = SnapshotId.parse(into)
  const own = library.deltaOf(id)
  const below = from.map((layer) => library.deltaOf(SnapshotId.parse(layer)))
  const merged = overlay([own, ...below])
  const adopted = union(
    unpackSet(library.snapshots.storedOf(id).adopted),
    minus(merged.data, own.data),
  )
  library.snapshots.setStored(id, { delta: merged.encode(), adopted: packSet(adopted) })
  const top = SnapshotId.parse(from[from.length - 1]!)
  library.snapshots.setParent(id, library.snapshotRows().get(top)!.parentId)
  library.forgetDelta(id)
}

/** Layers as one, the first on top. Halving: one after another would be quadratic. */
function overlay(layers: readonly Delta[]): Delta {
  let level = layers
  while (level.length > 1) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
      const over = level[2 * i]!
      return level[2 * i + 1]?.under(over) ?? over
    })
  }
  return level[0]!
}

function trim(library: Library, node: string, keep: IndexSet): void {
  const id = SnapshotId.parse(node)
  const delta = library.deltaOf(id).restrict(keep)
  const adopted = intersect(unpackSet(library.snapshots.storedOf(id).adopted), delta.data)
  library.snapshots.setStored(id, { delta: delta.encode(), adopted: packSet(adopted) })
  library.forgetDelta(id)
}

function remove(library: Library, node: string): void {
  const id = SnapshotId.parse(node)
  library.snapshots.remove(id)
  library.forgetDelta(id)
}

/** What stays loses its deletion: it cannot be undone any more. */
function settle(library: Library, over: ReadonlySet<string>, plan: CollapsePlan): void {
  const removed = new Set(plan.steps.filter(({ kind }) => kind !== 'trim').map(({ id }) => id))
  const deletions = new Set<string>()
  const awaiting = awaitingDeletions(library)
  for (const row of library.snapshotRows().values()) {
    if (!over.has(row.id)) continue
    if (row.deletionId !== null) deletions.add(row.deletionId)
    if (!removed.has(row.id)) library.snapshots.settleDeleted(row.id)
  }
  for (const { id } of library.deletions.all()) {
    if (deletions.has(id) && !awaiting.has(id)) library.deletions.remove(id)
  }
}

/** Deletions that are not over: a snapshot of theirs is still to be completed. */
export function awaitingDeletions(library: Library): ReadonlySet<string | null> {
  const rows = [...library.snapshotRows().values()]
  return new Set(rows.filter(({ state }) => state === 'pending').map((row) => row.deletionId))
}
