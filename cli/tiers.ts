import { StrataError } from '../core/contract/errors.ts'
import type { JobId } from '../core/contract/ids.ts'
import type { Snapshot } from '../core/contract/model.ts'
import { type Answer, answer } from './answer.ts'
import { UsageError } from './failure.ts'
import { findSnapshot } from './find.ts'
import { TierJson, TierStatusJson } from './json.ts'
import type { Library } from './library.ts'
import { tierText } from './marks.ts'
import { formatSize } from './size.ts'
import { safeName } from './table.ts'

/** The options of `snapshot restore-tier`, as they are given. */
export type RestoreTierOptions = { readonly days?: number; readonly permanent?: boolean }

export async function archiveSnapshot(library: Library, text: string): Promise<Answer> {
  const { snapshotId } = findSnapshot(await library.engine.describeLibrary(), text)
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
  const { snapshotId } = findSnapshot(await library.engine.describeLibrary(), text)
  return moved(library, await library.engine.restoreTier({ snapshotId, days }))
}

/** @throws StrataError SNAPSHOT_NOT_ARCHIVED for one that never was */
export async function tierStatus(library: Library, names: readonly string[]): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const asked = names.length === 0 ? view.snapshots : names.map((name) => findSnapshot(view, name))
  const shown = asked.filter(({ tiering }) => tiering !== null)
  const missing = names.length === 0 ? undefined : asked.find(({ tiering }) => tiering === null)
  if (missing !== undefined) {
    throw new StrataError('SNAPSHOT_NOT_ARCHIVED', { snapshot: missing.name })
  }
  const lines = shown.map(({ name, tiering }) => `${safeName(name)}: ${tierText(tiering!)}`)
  return answer(
    TierStatusJson,
    { SnapshotTierStatuses: shown.map(statusOf) },
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
function statusOf({ snapshotId, volumeId, state, ownerId, tiering }: Snapshot) {
  const { tier, status, startedAt, archivedAt, restoreExpiresAt } = tiering!
  const time = (ms: number) => new Date(ms).toISOString()
  return {
    SnapshotId: snapshotId,
    VolumeId: volumeId,
    Status: state,
    OwnerId: ownerId,
    StorageTier: tier,
    LastTieringOperationStatus: status,
    LastTieringStartTime: time(startedAt),
    LastTieringProgress: 100,
    ...(archivedAt !== null && { ArchivalCompleteTime: time(archivedAt) }),
    ...(restoreExpiresAt !== null && { RestoreExpiryTime: time(restoreExpiresAt) }),
  }
}
