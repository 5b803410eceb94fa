import { Delta } from '../blocks/delta.ts'
import { unpackSet } from '../catalog/packed-set.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { SnapshotId } from '../contract/ids.ts'
import { EMPTY, type IndexSet, runsOf, union } from '../lineage/index-set.ts'
import type { Lineage } from '../lineage/lineage.ts'

/** What the next snapshot of a volume is incremental to. */
export type LivingBase = {
  /** The nearest living snapshot at or above the base; null: the next snapshot is full. */
  baseId: SnapshotId | null
  /** What deleted snapshots in between said: it counts as changed since the living one. */
  skipped: IndexSet
}

/**
 * A deleted snapshot is never a parent: what only it stored is released, so the next snapshot has
 * to store it anew.
 */
export function livingBaseOf(lineage: Lineage, baseId: SnapshotId | null): LivingBase {
  let skipped = EMPTY
  for (let id: string | null = baseId; id !== null; ) {
    const node = lineage.get(id)
    if (node.isAlive) return { baseId: SnapshotId.parse(id), skipped }
    skipped = union(skipped, union(node.data, node.holes))
    id = node.parentId
  }
  return { baseId: null, skipped }
}

/** The live state of a managed volume. */
export type ManagedHead = {
  /** What it holds: `data` runs lie in the volume's file at the place of their index. */
  content: Delta
  /** Written since the base of its row. */
  dirty: IndexSet
}

/** undefined for a linked volume: only its file knows. */
export function managedHead(row: VolumeRow): ManagedHead | undefined {
  if (row.content === null || row.dirty === null) return undefined
  return { content: Delta.decode(row.content), dirty: unpackSet(row.dirty) }
}

/** What a managed volume's next snapshot has to say something about. */
export function changedSince({ content, dirty }: ManagedHead, base: LivingBase): IndexSet {
  return base.baseId === null ? content.data : union(dirty, base.skipped)
}

/** Content that lies in the volume's file, each block at the place of its index. */
export function inPlace(set: IndexSet): Delta {
  return Delta.of(
    [...runsOf(set)].map(([start, end]) => ({ kind: 'data', start, end, firstBlockId: start })),
  )
}
