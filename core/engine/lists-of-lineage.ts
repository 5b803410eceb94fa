import { Delta } from '../blocks/delta.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { SnapshotId } from '../contract/ids.ts'
import { BlockList } from '../crypto/block-list.ts'
import { union } from '../lineage/index-set.ts'
import type { Library } from './library.ts'
import { listedIn, listedUnder, listInTurns } from './listed-blocks.ts'

/** A snapshot to come to, and what its parent reads. */
type Step = { readonly id: SnapshotId; readonly below: Delta; readonly list: BlockList }

/**
 * What the lists of all snapshots come to that go back to one data key, each made of its parent's:
 * time O(what all of them say), not what they read. Whose parent is none of them is left out.
 *
 * @param origin the number of that data key
 */
export async function* listsUnder(
  library: Library,
  origin: number,
  entriesKey: Buffer,
  signal: AbortSignal,
): AsyncGenerator<[row: SnapshotRow, list: BlockList]> {
  const rows = library.snapshotRows()
  const lineage = library.lineage()
  const rowOf = (id: string) => rows.get(SnapshotId.parse(id))!
  const isUnder = ({ id }: { id: string }) => rowOf(id).originKey === origin
  const empty = new BlockList(entriesKey)
  const steps: Step[] = lineage.nodes
    .filter((node) => node.parentId === null && isUnder(node))
    .map(({ id }) => ({ id: SnapshotId.parse(id), below: Delta.EMPTY, list: empty }))
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { id, below } = step
    const delta = library.deltaOf(id)
    const list = step.list.copy()
    const said = union(delta.data, delta.holes)
    await listInTurns(list, 'remove', listedUnder(library, below, said), signal)
    await listInTurns(list, 'add', listedIn(library, delta.runs()), signal)
    yield [rowOf(id), list]
    const children = lineage.childrenOf(id).filter(isUnder)
    if (children.length === 0) continue
    const map = below.under(delta)
    for (const child of children) steps.push({ id: SnapshotId.parse(child.id), below: map, list })
  }
}
