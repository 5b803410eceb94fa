import { BLOCK_BYTES, type Snapshot, type SnapshotId } from '../../../core/contract/model.ts'
import { holdersOf, type Picture } from './picture.ts'

/**
 * Who would store a snapshot's blocks if it alone were deleted.
 *
 * @returns bytes for each heir; null where the picture is too coarse to tell how much
 */
export function takeoversOf(
  picture: Picture,
  snapshot: Snapshot,
): ReadonlyMap<SnapshotId, number | null> {
  const column = picture.columnOf.get(snapshot.snapshotId)
  const handedOnBytes = snapshot.storedHereBytes - snapshot.releasedIfDeletedBytes
  if (column === undefined || handedOnBytes <= 0) return new Map()
  const blocks = new Map<SnapshotId, number>()
  for (let row = 0; row < picture.rowCount; row++) {
    if (picture.storers[column * picture.rowCount + row] !== column) continue
    const heir = holdersOf(picture, column, row).find((holder) => holder !== column)
    const heirId = heir === undefined ? null : picture.sample.columns[heir]?.snapshotId
    if (!heirId) continue
    const count = picture.sample.columns[column]?.majorityBlocks[row] ?? 0
    blocks.set(heirId, (blocks.get(heirId) ?? 0) + count)
  }
  const [only, ...others] = blocks.keys()
  if (only !== undefined && others.length === 0) return new Map([[only, handedOnBytes]])
  const isKnown = picture.sample.isExact
  return new Map([...blocks].map(([id, count]) => [id, isKnown ? count * BLOCK_BYTES : null]))
}
