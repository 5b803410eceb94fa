import type { SnapshotRow } from '../catalog/snapshots.ts'
import type { AccountId } from '../contract/account.ts'
import type { RegionName, SnapshotId } from '../contract/ids.ts'
import type { Library } from '../engine/library.ts'

/** What a copy is laid over, and so what has to move. */
export type CopyBase =
  /** Same owner and region: nothing moves, the copy reads the source's blocks. */
  | { kind: 'source'; id: SnapshotId }
  /** The newest copy of the same volume's snapshots in that region, which is still there. */
  | { kind: 'copy'; id: SnapshotId }
  /** Everything moves. */
  | { kind: 'none'; because: 'first-copy' | 'newest-copy-deleted' }

/** Copies that the next one to their region would be laid over. */
export function newestCopies(library: Library): SnapshotId[] {
  const rows = library.snapshotRows()
  return library.copies.allNewest().filter((id) => rows.get(id)?.state === 'completed')
}

/**
 * EBS's rule: incremental to the newest copy that this account made there, and to no older one.
 *
 * @param owner of the copy
 */
export function copyBaseOf(
  library: Library,
  source: SnapshotRow,
  owner: AccountId,
  region: RegionName,
): CopyBase {
  if (source.ownerId === owner && source.region === region) return { kind: 'source', id: source.id }
  const newest = library.copies.newest(source.volumeId, owner, region)
  if (newest === null) return { kind: 'none', because: 'first-copy' }
  const isThere = library.snapshotRows().get(newest)?.state === 'completed'
  return isThere ? { kind: 'copy', id: newest } : { kind: 'none', because: 'newest-copy-deleted' }
}
