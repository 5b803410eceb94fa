import { FORMAT_VERSION } from '../catalog/migrate.ts'
import type { LibraryStats } from '../contract/model.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { ownSnapshots, ownVolumes } from './access.ts'
import { heldNow } from './held-bytes.ts'
import type { Library } from './library.ts'
import { reclaimableBytesOf } from './reclaimable.ts'

/** Counts and stored bytes of what the account that asks owns; the disk is that of the library. */
export function statsOf(library: Library): LibraryStats {
  const facts = library.facts()
  const segments = library.segments.all()
  return {
    libraryId: facts.libraryId,
    path: library.path,
    formatVersion: FORMAT_VERSION,
    revision: facts.revision,
    volumeCount: ownVolumes(library).filter((row) => !row.isRemoved).length,
    snapshotCount: ownSnapshots(library).filter(({ state }) => state === 'completed').length,
    storedBytes: storedBlocksOf(library) * BLOCK_BYTES,
    heldBytes: heldNow(library),
    physicalBytes: segments.reduce((sum, row) => sum + row.bytes - row.freedBytes, 0),
    reclaimableBytes: reclaimableBytesOf(library),
    compression: facts.compression,
  }
}

/** Distinct blocks that the account's snapshots hold: trees have one owner each. */
export function storedBlocksOf(library: Library): number {
  const { of } = library.figures()
  return ownSnapshots(library).reduce((sum, { id }) => sum + (of.get(id)?.storedHere ?? 0), 0)
}
