import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Deletion } from '../contract/deletion.ts'
import type { DeletionId } from '../contract/ids.ts'
import { ownSnapshots } from './access.ts'
import type { Library } from './library.ts'

/** Own ones that can be undone, oldest first. */
export function deletionsOf(library: Library): Deletion[] {
  const rows = new Map<DeletionId, SnapshotRow[]>()
  for (const row of ownSnapshots(library)) {
    if (row.deletionId === null) continue
    const together = rows.get(row.deletionId)
    if (together === undefined) rows.set(row.deletionId, [row])
    else together.push(row)
  }
  return library.deletions.all().flatMap(({ id, ...deletion }) => {
    const deleted = rows.get(id)
    if (deleted === undefined) return []
    const snapshotIds = deleted.map((row) => row.id)
    return [{ deletionId: id, snapshotIds, names: deleted.map((row) => row.name), ...deletion }]
  })
}
