import { Delta } from '../blocks/delta.ts'
import { StoredBlocks } from '../blocks/stored-blocks.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { BlockList } from '../crypto/block-list.ts'
import type { BlockKey } from '../crypto/sealed-block.ts'
import { EMPTY, type IndexSet, indexSet, union } from '../lineage/index-set.ts'
import { BlockMap } from './block-map.ts'
import type { Library } from './library.ts'
import { listedNew, listedUnder, listInTurns } from './listed-blocks.ts'
import { manifestKeysOf, manifestOf, sealedManifest, wipeManifestKeys } from './manifest.ts'

/** What a snapshot says that is about to be completed. */
export type NewList = {
  /** What it is laid over; null: nothing. */
  readonly baseId: SnapshotId | null
  readonly blocks: StoredBlocks
  readonly holes: IndexSet
}

/** What says nothing but what its base says. */
export const nothingOver = (baseId: SnapshotId): NewList => ({
  baseId,
  blocks: new StoredBlocks(),
  holes: EMPTY,
})

/**
 * The manifest of a pending snapshot. Time O(what it says + runs of its base).
 *
 * @param origin the data key that it goes back to
 * @throws StrataError SNAPSHOT_ALTERED of its base
 */
export async function newManifest(
  library: Library,
  row: SnapshotRow,
  origin: BlockKey,
  { baseId, blocks, holes }: NewList,
  signal: AbortSignal,
): Promise<Buffer> {
  const keys = manifestKeysOf(origin)
  try {
    const base = baseId === null ? null : library.snapshotRows().get(baseId)!
    const list = base ? manifestOf(library, base, keys) : new BlockList(keys.entries)
    if (base !== null) {
      const below = Delta.of(BlockMap.of(library, base.id).pieces)
      const said = union(indexSet([...blocks.runs()].map(({ start, end }) => [start, end])), holes)
      await listInTurns(list, 'remove', listedUnder(library, below, said), signal)
    }
    await listInTurns(list, 'add', listedNew(blocks), signal)
    return sealedManifest(library, row, keys, list)
  } finally {
    wipeManifestKeys(keys)
  }
}
