import type { Deletion } from '../contract/deletion.ts'
import { ownSnapshots } from './access.ts'
import type { Library } from './library.ts'

/** Own ones that can be undone, oldest first. */
export function deletionsOf(library: Library): Deletion[] {
  const rows = ownSnapshots(library)
  return library.deletions.all().flatMap(({ id, ...deletion }) => {
    const deleted = rows.filter((row) => row.deletionId === id)
    if (deleted.length === 0) return []
    const snapshotIds = deleted.map((row) => row.id)
    return [{ deletionId: id, snapshotIds, names: deleted.map((row) => row.name), ...deletion }]
  })
}
