import { Delta, type DeltaRun } from '../blocks/delta.ts'
import type { SnapshotRow } from '../catalog/snapshots.ts'
import type { RegionName } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import type { CopyBase } from './copy-base.ts'
import { type CopyChanges, copyChangesOf } from './copy-changes.ts'
import type { Moved } from './moved.ts'
import { removeTransferred, type Transferred, transferBlocks } from './transfer-blocks.ts'

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
  region: RegionName,
  job: JobHandle,
): Promise<Moved> {
  const changes = plainChanges(library, source, base)
  const totalBytes = changes.blockIds.length * BLOCK_BYTES
  job.progress(0, totalBytes)
  const moved = await transferBlocks(library, changes.blockIds, region, job, totalBytes)
  return {
    movedBlocks: changes.movedBlocks,
    settle(copy) {
      // What reads the blocks of its source is encrypted as that is.
      const { dataKey, originKey } = source
      if (dataKey !== null && originKey !== null)
        library.snapshots.setKeys(copy, dataKey, originKey)
      return settle(library, region, changes, moved)
    },
    drop: (error) => removeTransferred(error, library, region, moved),
  }
}

function settle(
  library: Library,
  region: RegionName,
  { runs, indices, blockIds }: CopyChanges,
  { segments, segmentOf, offsetOf }: Transferred,
): Delta {
  const first = library.takeBlockIds(blockIds.length)
  const endBlockId = first + blockIds.length
  const segmentIds = segments.map(({ file, bytes }) =>
    library.segments.insert({ file, region, bytes, firstBlockId: first, endBlockId }),
  )
  function* records() {
    for (const [i, id] of blockIds.entries()) {
      yield {
        ...library.blockRecord(id),
        blockId: first + i,
        segmentId: segmentIds[segmentOf[i]!]!,
        offset: offsetOf[i]!,
      }
    }
  }
  library.blocks.put(records())
  const stored = indices.map(
    (index, i): DeltaRun => ({
      kind: 'data',
      start: index,
      end: index + 1,
      firstBlockId: first + i,
    }),
  )
  return Delta.of([...runs, ...stored])
}
