import type { SnapshotId } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import type { Sharing } from '../state/insight.ts'
import { snapshotById } from '../state/tree.ts'

export type Lender = { snapshot: Snapshot; bytes: number }

/**
 * From whom a snapshot borrows, most bytes first.
 *
 * What it shares with an ancestor is all that was written up to that one, so the difference between
 * two neighbours on the way to the root is what the younger of them wrote.
 *
 * @param sharing of `snapshot` with all others
 * @returns bytes that sum to what it borrows, except what was written by a snapshot since deleted or
 *   archived and is put down to another branch
 */
export function lendersOf(snapshot: Snapshot, library: LibraryView, sharing: Sharing): Lender[] {
  const sharedWith = new Map(sharing.map((s) => [s.snapshotId, s.sharedBytes]))
  const lenders: Lender[] = []
  const seen = new Set<SnapshotId>()
  let at = parentOf(snapshot)
  while (at !== undefined && !seen.has(at.snapshotId)) {
    seen.add(at.snapshotId)
    const above = parentOf(at)
    const upTo = (s: Snapshot | undefined) => (s && sharedWith.get(s.snapshotId)) ?? 0
    const bytes = upTo(at) - upTo(above)
    if (bytes > 0) lenders.push({ snapshot: at, bytes })
    at = above
  }
  return lenders.toSorted((a, b) => b.bytes - a.bytes)

  function parentOf(s: Snapshot): Snapshot | undefined {
    return s.parentId === null ? undefined : snapshotById(library, s.parentId)
  }
}
