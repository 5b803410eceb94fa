import type { JobId, SnapshotId } from '../core/contract/ids.ts'
import type { Job } from '../core/contract/jobs.ts'
import type { Snapshot } from '../core/contract/model.ts'
import { formatSize } from '../core/contract/size-text.ts'
import type { TieringStatus } from '../core/contract/tiering.ts'
import { type Answer, answer } from './answer.ts'
import { UsageError } from './failure.ts'
import { findSnapshot, snapshotToChange } from './find.ts'
import { TierJson, TierStatusJson } from './json.ts'
import type { Library } from './library.ts'
import { tierText } from './marks.ts'
import { safeName } from './table.ts'

/** Where nothing was done to change it. */
const NEVER_ARCHIVED = { StorageTier: 'standard' } as const

/** The options of `snapshot restore-tier`, as they are given. */
export type RestoreTierOptions = { readonly days?: number; readonly permanent?: boolean }

export async function archiveSnapshot(library: Library, text: string): Promise<Answer> {
  const { snapshotId } = snapshotToChange(await library.engine.describeLibrary(), text)
  return moved(library, await library.engine.archiveSnapshot({ snapshotId }))
}

/** @throws UsageError unless just one of the two options is given */
export async function restoreTier(
  library: Library,
  text: string,
  { days, permanent }: RestoreTierOptions,
): Promise<Answer> {
  if ((days === undefined) === (permanent !== true)) {
    throw new UsageError('Give either --days or --permanent.')
  }
  const { snapshotId } = snapshotToChange(await library.engine.describeLibrary(), text)
  return moved(library, await library.engine.restoreTier({ snapshotId, days }))
}

/** Of those named, else of all that were ever archived. */
export async function tierStatus(library: Library, names: readonly string[]): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const shown =
    names.length === 0
      ? view.snapshots.filter(({ tiering }) => tiering !== null)
      : names.map((name) => findSnapshot(view, name))
  const jobs = await library.engine.listJobs()
  const lines = shown.map(
    ({ name, tiering }) =>
      `${safeName(name)}: ${tiering === null ? NEVER_ARCHIVED.StorageTier : tierText(tiering)}`,
  )
  const snapshotIds = shown.map(({ snapshotId }) => snapshotId)
  const { Snapshots } = await library.engine.describeSnapshots({ snapshotIds })
  return answer(
    TierStatusJson,
    {
      SnapshotTierStatuses: shown.map((snapshot, i) => ({
        ...statusOf(snapshot, jobs),
        Tags: Snapshots[i]!.Tags,
      })),
    },
    lines.length === 0 ? 'No snapshot was ever archived.' : lines.join('\n'),
  )
}

async function moved(library: Library, started: { readonly jobId: JobId }): Promise<Answer> {
  const { snapshotId, movedBytes } = await library.finish(started, 'tier')
  const { name, tiering } = findSnapshot(await library.engine.describeLibrary(), snapshotId)
  const text = `${safeName(name)}: ${tierText(tiering!)}\nMoved ${formatSize(movedBytes)}`
  return answer(TierJson, { snapshotId, movedBytes, ...tiering! }, text)
}

/** In the words of DescribeSnapshotTierStatus. */
function statusOf({ snapshotId, volumeId, state, ownerId, tiering }: Snapshot, jobs: Job[]) {
  const ids = { SnapshotId: snapshotId, VolumeId: volumeId, Status: state, OwnerId: ownerId }
  if (tiering === null) return { ...ids, ...NEVER_ARCHIVED }
  const { tier, status, startedAt, archivedAt, restoreExpiresAt } = tiering
  const time = (ms: number) => new Date(ms).toISOString()
  return {
    ...ids,
    StorageTier: tier,
    LastTieringOperationStatus: status,
    LastTieringStartTime: time(startedAt),
    LastTieringProgress: progressOf(snapshotId, status, jobs),
    ...(archivedAt !== null && { ArchivalCompleteTime: time(archivedAt) }),
    ...(restoreExpiresAt !== null && { RestoreExpiryTime: time(restoreExpiresAt) }),
  }
}

/** Per cent of what was done last; of what failed nothing is there. */
function progressOf(id: SnapshotId, status: TieringStatus, jobs: readonly Job[]): number {
  if (status.endsWith('-completed')) return 100
  const job = jobs.find(({ snapshotId, state }) => snapshotId === id && state === 'running')
  return job === undefined || job.totalBytes === 0
    ? 0
    : Math.floor((job.doneBytes / job.totalBytes) * 100)
}
