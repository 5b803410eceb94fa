import { SnapshotId } from '../contract/ids.ts'
import { mapOf } from '../lineage/block-map.ts'
import { EMPTY, indexSet } from '../lineage/index-set.ts'
import { Lineage, type LineageNode } from '../lineage/lineage.ts'
import { snapshotsInReach } from './access.ts'
import type { Library } from './library.ts'

/** By the lineage of the whole library, which is another one after each change; then by account. */
const kept = new WeakMap<Lineage, Map<string, Lineage>>()

/**
 * The lineage as the account that asks sees it: its own trees, and each snapshot that is shared with
 * it as a root. What that shares with others of its owner's, and with which, is the owner's affair.
 */
export function seenLineage(library: Library): Lineage {
  const lineage = library.lineage()
  const { account } = library
  const foreign = snapshotsInReach(library).filter(({ ownerId }) => ownerId !== account)
  if (foreign.length === 0) return lineage
  const byAccount = kept.get(lineage) ?? new Map<string, Lineage>()
  kept.set(lineage, byAccount)
  const rows = library.snapshotRows()
  const seen =
    byAccount.get(account) ??
    new Lineage([
      ...lineage.nodes.filter(({ id }) => rows.get(SnapshotId.parse(id))?.ownerId === account),
      ...foreign.map(({ id }) => asRoot(lineage, id)),
    ])
  byAccount.set(account, seen)
  return seen
}

function asRoot(lineage: Lineage, id: string): LineageNode {
  const { starts, ends } = mapOf(lineage, id)
  const data = indexSet([...starts].map((start, i) => [start, ends[i]!] as const))
  const { adopted: _, ...node } = lineage.get(id)
  return { ...node, parentId: null, data, holes: EMPTY }
}
