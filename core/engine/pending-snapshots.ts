import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { StrataError } from '../contract/errors.ts'
import type { JobId, VolumeId } from '../contract/ids.ts'
import type { Job } from '../contract/jobs.ts'
import type { Context } from './context.ts'
import type { Jobs } from './jobs.ts'
import type { Library } from './library.ts'
import { busyWith } from './usable-volume.ts'

/*
 * Snapshots of one volume queue up. Each is of the moment at which it was asked for, or at which the write
 * was over that was going on then: what a managed volume held at it stays readable (`moments.ts`), and a
 * linked image that changes meanwhile fails those that it would be torn for.
 */

/** EBS's limit of pending snapshots of one volume, those included that are to be deleted. */
const MAX_PENDING = 5

/** The snapshots that are being taken of a volume, in the order in which they were asked for. */
export function pendingOf(library: Library, volumeId: VolumeId): SnapshotRow[] {
  return [...library.snapshotRows().values()].filter(
    (row) => row.state === 'pending' && row.volumeId === volumeId && row.copiedFrom === null,
  )
}

/** The write to a volume that is under way. */
export function writeTo(jobs: Jobs, volumeId: VolumeId): Job | undefined {
  return jobs.on(volumeId).find(({ kind }) => kind === 'write')
}

/** No write to the volume is under way, and the moments have begun that wait for that. */
export async function untilWritten(
  { library, jobs }: Pick<Context, 'library' | 'jobs'>,
  volumeId: VolumeId,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const write = writeTo(jobs, volumeId)
    if (write === undefined) break
    await jobs.after(write.jobId, signal)
  }
  library.underWay.moments.beginLater(volumeId)
}

/**
 * Another snapshot of the volume may be begun.
 *
 * @param mayWait for the write that is under way, which else is in the way of it
 * @returns the jobs that have to end before it is read: each is incremental to the one before
 * @throws StrataError VOLUME_BUSY, ConcurrentSnapshotLimitExceeded
 */
export function placeInQueue(
  library: Library,
  jobs: Jobs,
  row: VolumeRow,
  mayWait = false,
): JobId[] {
  const work = jobs.on(row.id)
  const other = work.find(({ kind }) => kind !== 'snapshot' && !(mayWait && kind === 'write'))
  if (other !== undefined) throw busyWith(row, other)
  if (pendingOf(library, row.id).length >= MAX_PENDING) {
    throw new StrataError('ConcurrentSnapshotLimitExceeded', {
      volume: row.name,
      limit: MAX_PENDING,
    })
  }
  return work.map(({ jobId }) => jobId)
}
