import { statSync } from 'node:fs'
import type { VolumeRow } from '../catalog/volumes.ts'
import { StrataError } from '../contract/errors.ts'
import type { VolumeId } from '../contract/ids.ts'
import type { Job } from '../contract/jobs.ts'
import type { Jobs } from './jobs.ts'
import type { Library } from './library.ts'
import { volumeFileBytes } from './sealed-volume.ts'

/** @throws StrataError InvalidVolume.NotFound, VOLUME_REMOVED */
export function usableVolume(library: Library, id: VolumeId): VolumeRow {
  const row = library.volumeRow(id)
  if (!isUsable(library, row)) throw new StrataError('VOLUME_REMOVED', { volume: row.name })
  return row
}

/** It was not removed, nor is it to go. */
export function isUsable(library: Library, { id, isRemoved }: VolumeRow): boolean {
  return !isRemoved && !library.underWay.leaving.has(id)
}

/** It is not about to belong to an instance that is still to come. @throws StrataError VOLUME_BUSY */
export function assertNotComing(library: Library, { id, name }: VolumeRow): void {
  if (!library.isComing(id)) return
  const job = 'an instance is being launched with it'
  throw new StrataError('VOLUME_BUSY', { volume: name, job })
}

/**
 * Nothing is done to the volume, and no snapshot of it is pending.
 *
 * @throws StrataError VOLUME_BUSY
 */
export function assertIdle(jobs: Jobs, row: VolumeRow): void {
  const busy = jobs.on(row.id)[0]
  if (busy !== undefined) throw busyWith(row, busy)
}

/**
 * One thing at a time is done to a volume: nobody must see half a write. Pending snapshots do not.
 *
 * @throws StrataError VOLUME_BUSY
 */
export function assertUnheld(jobs: Jobs, row: VolumeRow): void {
  const busy = jobs.holding(row.id)[0]
  if (busy !== undefined) throw busyWith(row, busy)
}

export function busyWith({ name }: VolumeRow, { title }: Job): StrataError {
  return new StrataError('VOLUME_BUSY', { volume: name, job: title })
}

/**
 * The data of a managed volume is there, and not cut off: what is missing would read as zeros.
 *
 * @throws StrataError VOLUME_DAMAGED
 */
export function assertWhole(library: Library, row: VolumeRow): void {
  const path = library.volumeFile(row.id)
  const problem = lossOf(path, volumeFileBytes(row))
  if (problem !== null) throw new StrataError('VOLUME_DAMAGED', { path, volume: row.name, problem })
}

/** What a file of the library has lost, in words that follow its name; null: nothing that shows. */
export function lossOf(file: string, expectedBytes: number): string | null {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) return 'is missing'
  return stats.size < expectedBytes ? `has ${stats.size} of its ${expectedBytes} bytes` : null
}
