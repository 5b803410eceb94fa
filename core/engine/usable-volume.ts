import type { VolumeRow } from '../catalog/volumes.ts'
import { StrataError } from '../contract/errors.ts'
import type { VolumeId } from '../contract/model.ts'
import type { Jobs } from './jobs.ts'
import type { Library } from './library.ts'

/** @throws StrataError VOLUME_UNKNOWN, VOLUME_REMOVED */
export function usableVolume(library: Library, id: VolumeId): VolumeRow {
  const row = library.volumeRow(id)
  if (row.isRemoved) throw new StrataError('VOLUME_REMOVED', { volume: row.name })
  return row
}

/**
 * One thing at a time is done to a volume: a snapshot must not see half a write.
 *
 * @throws StrataError VOLUME_BUSY
 */
export function assertIdle(jobs: Jobs, row: VolumeRow): void {
  const busy = jobs.running().find((job) => job.volumeId === row.id)
  if (busy !== undefined) {
    throw new StrataError('VOLUME_BUSY', { volume: row.name, job: busy.title })
  }
}
