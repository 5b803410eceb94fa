import type { Delta } from '../blocks/delta.ts'
import type { RestoreRun } from '../blocks/restore.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { indexSet } from '../lineage/index-set.ts'
import type { BlockMap } from './block-map.ts'
import { keyOfNew, type VolumeSeal } from './encryption-choice.ts'
import type { JobHandle } from './jobs.ts'
import type { Library } from './library.ts'
import { NEW_FILE_BYTES, writeSlots } from './sealed-volume.ts'
import { removeUnnamed } from './unnamed-files.ts'
import { createVolumeFile } from './volume-file.ts'

/**
 * Writes all that a snapshot reads into the file of a new encrypted volume, sealed with its own key.
 *
 * @param runs what `map` says, to be read from
 * @returns where it lies there
 */
export async function cloneSealed(
  library: Library,
  { id }: Pick<VolumeRow, 'id'>,
  seal: VolumeSeal,
  map: BlockMap,
  runs: Iterable<RestoreRun>,
  job: JobHandle,
): Promise<Delta> {
  const file = library.volumeFile(id)
  createVolumeFile(file, NEW_FILE_BYTES)
  try {
    return await writeSlots(
      {
        volume: { file, key: keyOfNew(library, seal) },
        contents: [],
        blocks: indexSet(map.pieces.map(({ start, end }) => [start, end] as const)),
        before: runs,
        overlay: null,
        sources: library.sources(),
      },
      job,
    )
  } catch (error) {
    removeUnnamed(error, [file])
    throw error
  }
}
