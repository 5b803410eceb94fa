import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { StrataError } from '../contract/errors.ts'
import type { JobId, VolumeId } from '../contract/ids.ts'
import type { Jobs } from './jobs.ts'
import type { Library } from './library.ts'
import { busyWith } from './usable-volume.ts'

/*
 * Snapshots of one volume queue up. Each is of the moment at which it was asked for: what a managed
 * volume held then stays readable (`moments.ts`), and a linked image that changes meanwhile fails
 * those that it would be torn for.
 */

/** EBS's limit of pending snapshots of one volume, those included that are to be deleted. */
const MAX_PENDING = 5

/** The snapshots that are being taken of a volume, in the order in which they were asked for. */
export function pendingOf(library: Library, volumeId: VolumeId): SnapshotRow[] {
  return [...library.snapshotRows().values()].filter(
    (row) => row.state === 'pending' && row.volumeId === volumeId && row.copiedFrom === null,
  )
}

/**
 * Another snapshot of the volume may be begun.
 *
 * @returns the jobs that have to end before it is read: each is incremental to the one before
 * @throws StrataError VOLUME_BUSY, ConcurrentSnapshotLimitExceeded
 */
export function placeInQueue(library: Library, jobs: Jobs, row: VolumeRow): JobId[] {
  const work = jobs.on(row.id)
  const other = work.find(({ kind }) => kind !== 'snapshot')
  if (other !== undefined) throw busyWith(row, other)
  if (pendingOf(library, row.id).length >= MAX_PENDING) {
    throw new StrataError('ConcurrentSnapshotLimitExceeded', {
      volume: row.name,
      limit: MAX_PENDING,
    })
  }
  return work.map(({ jobId }) => jobId)
}
