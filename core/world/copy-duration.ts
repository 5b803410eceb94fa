import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { copyRate, isCopyDuration, MAX_COPY_RATE } from '../contract/copy-duration.ts'
import { StrataError } from '../contract/errors.ts'
import type { Context } from '../engine/context.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import { copyMissedDuration, isInTime } from '../engine/notifications.ts'

/*
 * Copies that are to be there within some minutes. Each goes as fast as it can; the duration is what
 * EBS promises for it, and what is refused where that could not be kept.
 */

/** MiB a second of all copies of an account that are under way. */
const MAX_SUM = 2_000

/**
 * MiB a second that a copy needs to be there in time.
 *
 * @throws StrataError InvalidParameterValue
 */
export function rateFor(movedBytes: number, minutes: number): number {
  if (!isCopyDuration(minutes)) throw new StrataError('InvalidParameterValue', { minutes })
  return copyRate(movedBytes, minutes)
}

/** @throws StrataError COPY_TOO_FAST */
export function assertRate(library: Library, rate: number): void {
  if (rate > MAX_COPY_RATE) {
    throw new StrataError('COPY_TOO_FAST', { rate, limit: MAX_COPY_RATE, taken: 0 })
  }
  const rows = library.snapshotRows()
  const taken = [...library.underWay.copyRates]
    .filter(([id]) => rows.get(id)?.ownerId === library.account)
    .reduce((sum, [, each]) => sum + each, 0)
  if (taken + rate > MAX_SUM)
    throw new StrataError('COPY_TOO_FAST', { rate, limit: MAX_SUM, taken })
}

/** The job of a copy, which tells once when it is late. */
export function watched(context: Context, row: SnapshotRow, job: JobHandle): JobHandle {
  let isTold = false
  return {
    ...job,
    progress: (doneBytes, totalBytes) => {
      job.progress(doneBytes, totalBytes)
      const at = context.clock()
      if (isTold || isInTime(row, at)) return
      isTold = true
      const { library } = context
      library.quietly(() => library.tell(copyMissedDuration(row, library.snapshotRows(), at)))
    },
  }
}
