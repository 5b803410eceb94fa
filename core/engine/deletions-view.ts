import type { Deletion } from '../contract/deletion.ts'
import type { Library } from './library.ts'

/** Those that can be undone, oldest first. */
export function deletionsOf(library: Library): Deletion[] {
  const rows = [...library.snapshotRows().values()]
  return library.deletions.all().map(({ id, ...deletion }) => {
    const deleted = rows.filter((row) => row.deletionId === id)
    return {
      deletionId: id,
      snapshotIds: deleted.map((row) => row.id),
      names: deleted.map((row) => row.name),
      ...deletion,
    }
  })
}
