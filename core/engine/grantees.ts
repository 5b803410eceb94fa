import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { Grantee } from '../contract/sharing.ts'
import type { Library } from './library.ts'

type Grants = ReadonlyMap<SnapshotId, ReadonlySet<Grantee>>

/** By the rows of a library, which are others after each change. */
const kept = new WeakMap<ReadonlyMap<SnapshotId, SnapshotRow>, Grants>()

/** Whom a snapshot is shared with. */
export function granteesOf(library: Library, id: SnapshotId): ReadonlySet<Grantee> {
  const rows = library.snapshotRows()
  const grants = kept.get(rows) ?? grantsOf(library)
  kept.set(rows, grants)
  return grants.get(id) ?? NOBODY
}

function grantsOf(library: Library): Grants {
  const grants = new Map<SnapshotId, Set<Grantee>>()
  for (const { snapshotId, grantee } of library.shares.all()) {
    grants.set(snapshotId, (grants.get(snapshotId) ?? new Set()).add(grantee))
  }
  return grants
}

const NOBODY: ReadonlySet<Grantee> = new Set()
