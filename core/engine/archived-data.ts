import { Delta } from '../blocks/delta.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { sizeOf } from '../lineage/index-set.ts'
import { buryBlocks, recordsIn } from './bury-blocks.ts'
import type { Library } from './library.ts'

/**
 * Archived blocks of snapshots that went for good while they were restored leave the catalog, even where
 * others still read what those have in the standard tier.
 */
export function buryOrphans(library: Library): void {
  const rows = library.snapshotRows()
  const orphans = [...library.tierings.keptDeltas()].filter(([id]) => isGone(rows.get(id)))
  if (orphans.length === 0) return
  library.change(() => {
    for (const [id, delta] of orphans) {
      bury(library, Delta.decode(delta))
      library.tierings.dropDelta(id)
      library.tierings.remove(id)
    }
  })
}

/** Neither there nor to be had back. */
function isGone(row: SnapshotRow | undefined): boolean {
  return row === undefined || (row.state === 'deleted' && row.deletionId === null)
}

/** Within a change: what only the archive of one snapshot had. */
export function bury(library: Library, delta: Delta): void {
  buryBlocks(library, [...recordsIn(library, delta, delta.stored)])
}

/** Blocks in the archive of each snapshot that is restored for some days. */
export function keptBlocksOf(library: Library): Map<SnapshotId, number> {
  return new Map(
    [...library.tierings.keptDeltas()].map(([id, delta]) => [id, sizeOf(Delta.decode(delta).data)]),
  )
}
