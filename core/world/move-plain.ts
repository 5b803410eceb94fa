import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { wipe } from '../crypto/sealed-block.ts'
import { bringManifests } from '../engine/first-manifests.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import { newManifest, nothingOver } from '../engine/new-manifest.ts'
import type { CopyBase } from './copy-base.ts'
import { type CopyChanges, copyChangesOf } from './copy-changes.ts'
import type { Moved } from './moved.ts'
import { nameTransferred, removeTransferred, transferBlocks } from './transfer-blocks.ts'

const NOTHING: CopyChanges = { runs: [], indices: [], blockIds: [], movedBlocks: 0 }

export function plainChanges(library: Library, source: SnapshotRow, base: CopyBase): CopyChanges {
  if (base.kind === 'source') return NOTHING
  return copyChangesOf(library, source.id, base.kind === 'copy' ? base.id : null)
}

/** Moves stored blocks as they are; where the source is what it is laid over, none. */
export async function movePlain(
  library: Library,
  source: SnapshotRow,
  base: CopyBase,
  copy: SnapshotRow,
  job: JobHandle,
): Promise<Moved> {
  const { region } = copy
  const changes = plainChanges(library, source, base)
  const totalBytes = changes.blockIds.length * BLOCK_BYTES
  job.progress(0, totalBytes)
  const manifest = source.originKey === null ? null : await takenOver(library, source, copy, job)
  const moved = await transferBlocks(library, changes.blockIds, { region }, job, totalBytes)
  return {
    movedBlocks: changes.movedBlocks,
    settle() {
      // What reads the blocks of its source is encrypted as that is.
      const { dataKey, originKey } = source
      if (dataKey !== null && originKey !== null)
        library.snapshots.setKeys(copy.id, dataKey, originKey)
      if (manifest !== null) library.manifests.insert(copy.id, manifest)
      return nameTransferred(library, { region }, changes, moved)
    },
    drop: (error) => removeTransferred(error, library, { region }, moved),
  }
}

/** Of what says nothing but what its source says. */
async function takenOver(
  library: Library,
  { id, originKey }: SnapshotRow,
  copy: SnapshotRow,
  { signal }: JobHandle,
): Promise<Buffer> {
  await bringManifests(library, signal)
  const origin = library.keyring.keyOf(originKey!)
  try {
    return await newManifest(library, copy, origin, nothingOver(id), signal)
  } finally {
    wipe([origin])
  }
}
