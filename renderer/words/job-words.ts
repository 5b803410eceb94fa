import type { SnapshotId } from '../../core/contract/ids.ts'
import type { Job } from '../../core/contract/jobs.ts'
import type { CopyResult } from '../../core/contract/results.ts'
import { formatBytes } from './byte-format.ts'
import type { Told } from './plan-words.ts'
import { formatSeconds } from './time-format.ts'
import { verifyTold } from './verify-words.ts'

/** How far a running job is: "1.2 of 10 GiB", its rate and what is left, as far as known. */
export function progressWords(job: Job): string[] {
  const done = formatBytes(job.doneBytes)
  const words = [job.totalBytes > 0 ? `${done} of ${formatBytes(job.totalBytes)}` : done]
  // What is left is to make it last: syncing has no measure.
  if (job.totalBytes > 0 && job.doneBytes >= job.totalBytes) return [...words, 'finishing']
  if (job.bytesPerSecond > 0) words.push(`${formatBytes(job.bytesPerSecond)}/s`)
  if (job.secondsLeft !== null) words.push(`${formatSeconds(job.secondsLeft)} left`)
  return words
}

/** 0 to 100, or null while the end is not known. */
export function progressPercent(job: Job): number | null {
  if (job.totalBytes === 0) return null
  return Math.min(100, Math.floor((job.doneBytes / job.totalBytes) * 100))
}

/** What a job that ended well leaves to be told; null: what it made is seen anyway. */
export function doneWords(job: Job, nameOf: (id: SnapshotId) => string): Told | null {
  const { result, snapshotId } = job
  if (result === null) return null
  switch (result.kind) {
    case 'volume':
      return null
    case 'snapshot':
      return null
    case 'snapshots':
    case 'image':
    case 'instance':
    case 'policies':
      return null
    case 'read':
      return { title: job.title, body: `Wrote ${formatBytes(result.bytesWritten)}.` }
    case 'copy':
      return {
        // The copy itself may not be known yet: its job can end before the library is read anew.
        title: job.title,
        body: copiedWords(result),
      }
    case 'restore':
      return {
        title: `Restored ${snapshotId === null ? job.title : nameOf(snapshotId)}`,
        body: `Wrote ${formatBytes(result.bytesWritten)}, ${formatBytes(result.dataBytes)} of it data.`,
      }
    case 'tier':
      return { title: job.title, body: `Moved ${formatBytes(result.movedBytes)}.` }
    case 'verify':
      return verifyTold(result, nameOf)
    case 'reclaim':
      // It begins by itself, and then often finds nothing to give back.
      if (result.reclaimedBytes === 0) return null
      return {
        title: `Gave back ${formatBytes(result.reclaimedBytes)}`,
        body: `Block data now takes ${formatBytes(result.physicalBytes)} on disk.`,
      }
  }
}

/** What a copy transferred, and why that much. */
function copiedWords({ movedBytes, incremental }: CopyResult): string {
  if (!incremental) {
    return `Moved ${formatBytes(movedBytes)}: all of it, as there was nothing to build on.`
  }
  return movedBytes === 0
    ? 'Nothing had to move: what it was laid over has every block of it.'
    : `Moved ${formatBytes(movedBytes)}: what the newest copy there did not have.`
}
