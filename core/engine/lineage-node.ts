import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { blocksIn } from '../contract/units.ts'
import type { LineageNode } from '../lineage/lineage.ts'

/** What it says itself. */
export type Sets = Pick<LineageNode, 'data' | 'holes' | 'adopted'>

/** Whether it was ever completed: only then it says anything. */
export function isNode({ state }: SnapshotRow): boolean {
  return state !== 'pending' && state !== 'error'
}

/** What lies in the Recycle Bin is alive: it keeps its blocks. */
export function nodeOf(row: SnapshotRow, sets: Sets): LineageNode {
  return {
    id: row.id,
    parentId: row.parentId,
    isAlive: row.state === 'completed' || row.state === 'recoverable',
    startedAtMs: row.startedAt,
    blockCount: blocksIn(row.volumeSizeBytes),
    ...sets,
  }
}
