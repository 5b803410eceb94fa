import type { SnapshotId } from '../../../core/contract/ids.ts'
import type { Snapshot } from '../../../core/contract/model.ts'
import { BLOCK_BYTES } from '../../../core/contract/units.ts'
import type { Picture } from './picture.ts'

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
  const { storedHereBytes, releasedIfDeletedBytes, heldIfDeletedBytes } = snapshot
  const handedOnBytes = storedHereBytes - releasedIfDeletedBytes - heldIfDeletedBytes
  if (column === undefined || handedOnBytes <= 0) return new Map()
  const blocks = new Map<SnapshotId, number>()
  for (let row = 0; row < picture.rowCount; row++) {
    if (picture.storers[column * picture.rowCount + row] !== column) continue
    const heirId = nextHolder(picture, column, row)
    if (heirId === null) continue
    const count = picture.sample.columns[column]?.majorityBlocks[row] ?? 0
    blocks.set(heirId, (blocks.get(heirId) ?? 0) + count)
  }
  const [only, ...others] = blocks.keys()
  if (only !== undefined && others.length === 0) return new Map([[only, handedOnBytes]])
  const isKnown = picture.sample.isExact
  return new Map([...blocks].map(([id, count]) => [id, isKnown ? count * BLOCK_BYTES : null]))
}

/** The oldest other snapshot that reads what a column stores in a row. */
function nextHolder({ sample }: Picture, column: number, row: number): SnapshotId | null {
  const writer = sample.columns[column]?.cells[row]
  for (let index = 0; index < sample.columns.length; index++) {
    const other = sample.columns[index]
    if (index !== column && other?.cells[row] === writer && other?.snapshotId) {
      return other.snapshotId
    }
  }
  return null
}
