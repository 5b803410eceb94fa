import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { TieringWork } from '../contract/tiering.ts'
import type { Library } from './library.ts'
import { causeOf, snapshotTiered, type Tiered } from './notifications.ts'

/** How EBS calls each in its events. */
export const TIERING_EVENTS = {
  archival: 'archiveSnapshot',
  'temporary-restore': 'temporaryRestoreSnapshot',
  'permanent-restore': 'permanentRestoreSnapshot',
} as const satisfies Record<TieringWork, Tiered['event']>

/** Says that a snapshot is on its way between the tiers. */
export function beginTiering(
  library: Library,
  { id }: SnapshotRow,
  work: TieringWork,
  startedAt: number,
): void {
  const before = library.tierings.get(id)
  library.change(() =>
    library.tierings.set({
      id,
      status: `${work}-in-progress`,
      startedAt,
      archivedAt: before?.archivedAt ?? null,
      restoreExpiresAt: before?.restoreExpiresAt ?? null,
    }),
  )
}

/** It did not arrive: it stays in the tier that it was in. */
export function failTiering(
  library: Library,
  row: SnapshotRow,
  work: TieringWork,
  { startedAt, at, error }: { startedAt: number; at: number; error: unknown },
): void {
  const { requestId } = library.asker
  const failed = { event: TIERING_EVENTS[work], startedAt, cause: causeOf(error), requestId }
  library.tellFailure(snapshotTiered(row, failed, at), {
    kind: 'tiering',
    id: row.id,
    status: `${work}-failed`,
  })
}

/** Within a change: nobody lived to see how they ended. @param at milliseconds since 1970, UTC */
export function endTierings(library: Library, at: number, cause: string): void {
  for (const { id, status, startedAt } of unfinishedTierings(library)) {
    const row = library.snapshotRows().get(id)!
    const work = status.slice(0, -IN_PROGRESS.length) as TieringWork
    const ended = { event: TIERING_EVENTS[work], startedAt, cause, requestId: '' }
    library.tierings.setStatus(id, `${work}-failed`)
    library.tell(snapshotTiered(row, ended, at))
  }
}

const IN_PROGRESS = '-in-progress'

export const unfinishedTierings = (library: Library) =>
  library.tierings.all().filter(({ status }) => status.endsWith(IN_PROGRESS))
