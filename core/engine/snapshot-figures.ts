import type { SnapshotId } from '../contract/ids.ts'
import type { SnapshotFigures } from '../contract/model.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { ownSnapshots } from './access.ts'
import { heldIfDeleted } from './held-bytes.ts'
import type { Library } from './library.ts'
import { storedBlocksOf } from './library-stats.ts'
import { roundShares } from './shares.ts'

/** Of a snapshot that is not there yet. */
export const NO_FIGURES: SnapshotFigures = {
  fullBytes: 0,
  addedBytes: 0,
  inheritedBytes: 0,
  storedHereBytes: 0,
  sharedBytes: 0,
  releasedIfDeletedBytes: 0,
  heldIfDeletedBytes: 0,
  fairShareBytes: 0,
}

/**
 * The figures of each snapshot, for the account that asks; null for those that are not completed.
 * What another account shares is stored and paid for by that one: it is borrowed whole.
 */
export function snapshotFigures(library: Library): (id: SnapshotId) => SnapshotFigures | null {
  const { of } = library.figures()
  const own = ownSnapshots(library).filter(({ id }) => of.has(id))
  const ids = own.map(({ id }) => id)
  const shares = roundShares(
    ids.map((id) => of.get(id)!.fairShare * BLOCK_BYTES),
    storedBlocksOf(library) * BLOCK_BYTES,
  )
  const fairShareOf = new Map(ids.map((id, i) => [id, shares[i]!]))
  const held = heldIfDeleted(library)
  return (id) => {
    const figures = of.get(id)
    if (figures === undefined) return null
    const fairShareBytes = fairShareOf.get(id)
    const fullBytes = figures.full * BLOCK_BYTES
    if (fairShareBytes === undefined) return { ...NO_FIGURES, fullBytes, sharedBytes: fullBytes }
    const heldBlocks = held.get(id) ?? 0
    return {
      fullBytes,
      addedBytes: figures.added * BLOCK_BYTES,
      inheritedBytes: figures.inherited * BLOCK_BYTES,
      storedHereBytes: figures.storedHere * BLOCK_BYTES,
      sharedBytes: figures.shared * BLOCK_BYTES,
      releasedIfDeletedBytes: (figures.released - heldBlocks) * BLOCK_BYTES,
      heldIfDeletedBytes: heldBlocks * BLOCK_BYTES,
      fairShareBytes,
    }
  }
}
