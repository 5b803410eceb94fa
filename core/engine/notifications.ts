import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { AccountId } from '../contract/account.ts'
import { toWire } from '../contract/errors.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { EventDetail, WorldEvent } from '../contract/world-events.ts'
import { notification, snapshotArn, volumeArn } from './notification.ts'

/*
 * Events of snapshots as EBS words them. Instants are milliseconds since 1970, UTC. Which request they
 * come of EBS tells of changes of the tier alone.
 */

const MINUTE_MS = 60_000

type Rows = ReadonlyMap<SnapshotId, SnapshotRow>

/** A snapshot came to exist. */
export function snapshotCreated(row: SnapshotRow, at: number): WorldEvent {
  return ofSnapshot(row, at, creation(row, at, ''))
}

/** @param rows where the source is found, if it is still there */
export function snapshotCopied(
  row: SnapshotRow,
  rows: Rows,
  at: number,
  isIncremental: boolean,
): WorldEvent {
  return ofSnapshot(row, at, {
    ...copying(row, rows, at, ''),
    incremental: isIncremental ? ('true' as const) : ('false' as const),
    ...(row.completionMinutes !== null && {
      metCompletionDuration: isInTime(row, at) ? ('true' as const) : ('false' as const),
    }),
  })
}

/** A time-based copy is still under way when it should be there. */
export function copyMissedDuration(row: SnapshotRow, rows: Rows, at: number): WorldEvent {
  const startTime = new Date(row.startedAt).toISOString()
  return ofSnapshot(row, at, {
    event: 'copyMissedCompletionDuration',
    ...because(''),
    snapshot_id: snapshotArn(row),
    source: sourceArn(row, rows),
    startTime,
    transferType: 'time-based',
    completionDurationStartTime: startTime,
  })
}

/** Whether a time-based copy is not late yet. */
export function isInTime({ startedAt, completionMinutes }: SnapshotRow, at: number): boolean {
  return completionMinutes === null || at <= startedAt + completionMinutes * MINUTE_MS
}

/** A snapshot or a copy that was begun, and is not going to be. */
export function snapshotFailed(
  row: SnapshotRow,
  rows: Rows,
  at: number,
  cause: string,
): WorldEvent {
  const detail = row.copiedFrom === null ? creation(row, at, cause) : copying(row, rows, at, cause)
  return ofSnapshot(row, at, detail)
}

/** Snapshots that were taken together came to exist; with a cause, they are not going to. */
export function setEnded(rows: readonly SnapshotRow[], at: number, cause: string): WorldEvent {
  const { startedAt } = rows[0]!
  const isWhole = cause === ''
  return notification(
    'EBS Multi-Volume Snapshots Completion Status',
    rows[0]!,
    rows.map(snapshotArn),
    at,
    {
      event: 'createSnapshots',
      result: isWhole ? 'succeeded' : 'failed',
      ...because(cause),
      startTime: new Date(startedAt).toISOString(),
      endTime: new Date(at).toISOString(),
      snapshots: rows.map((row) => ({
        snapshot_id: snapshotArn(row),
        source: volumeArn({ ...row, id: row.volumeId }),
        status: isWhole ? 'completed' : 'error',
      })),
    },
  )
}

/** Why a set failed, and with it the snapshots that had nothing else against them. */
export function inErrorState(id: SnapshotId): string {
  return `Snapshot ${id} is in status error`
}

/** How a change of tier ended. Of a restore for some days, when it is over. */
export type Tiered = {
  event:
    | 'archiveSnapshot'
    | 'permanentRestoreSnapshot'
    | 'temporaryRestoreSnapshot'
    | 'restoreExpiry'
  startedAt: number
  cause: string
  /** That of the asker. */
  requestId: string
  restoreExpiresAt?: number | null
}

/** A snapshot went to another tier; with a cause it did not. */
export function snapshotTiered(
  row: SnapshotRow,
  { event, startedAt, cause, requestId, restoreExpiresAt }: Tiered,
  at: number,
): WorldEvent {
  const ended = { ...outcome({ ...row, startedAt }, at, cause), 'request-id': requestId }
  if (event !== 'temporaryRestoreSnapshot') return ofSnapshot(row, at, { event, ...ended })
  const restoreExpiryTime =
    restoreExpiresAt == null ? undefined : new Date(restoreExpiresAt).toISOString()
  return ofSnapshot(row, at, { event, ...ended, restoreExpiryTime })
}

/** Its time in the Recycle Bin is over: it is deleted for good. */
export function snapshotLeftBin(row: SnapshotRow, enteredAt: number, at: number): WorldEvent {
  return ofSnapshot(row, at, {
    event: 'recycleBinExitTime',
    ...outcome({ ...row, startedAt: enteredAt }, at, ''),
  })
}

/** Told to the account that a snapshot is shared with, and to nobody else. */
export function snapshotShared(row: SnapshotRow, grantee: AccountId, at: number): WorldEvent {
  return ofSnapshot({ ...row, ownerId: grantee }, at, {
    event: 'shareSnapshot',
    result: 'succeeded',
    ...because(''),
    snapshot_id: snapshotArn(row),
    source: row.ownerId,
    startTime: new Date(at).toISOString(),
    endTime: new Date(at).toISOString(),
  })
}

/** Why something failed, in words that may be shown. */
export function causeOf(error: unknown): string {
  return toWire(error).message
}

function creation(row: SnapshotRow, at: number, cause: string) {
  const volume = { id: row.volumeId, ownerId: row.ownerId, region: row.region }
  return { event: 'createSnapshot' as const, ...outcome(row, at, cause), source: volumeArn(volume) }
}

function copying(row: SnapshotRow, rows: Rows, at: number, cause: string) {
  const isTimed = row.completionMinutes !== null
  return {
    event: 'copySnapshot' as const,
    ...outcome(row, at, cause),
    source: sourceArn(row, rows),
    transferType: isTimed ? ('time-based' as const) : ('standard' as const),
    ...(isTimed && { completionDurationStartTime: new Date(row.startedAt).toISOString() }),
  }
}

/** A source may be gone before its copy has failed: then nobody knows its region any more. */
function sourceArn({ copiedFrom }: SnapshotRow, rows: Rows): string {
  const id = copiedFrom!
  return snapshotArn({ id, region: rows.get(id)?.region ?? '' })
}

function outcome(row: SnapshotRow, at: number, cause: string) {
  return {
    result: cause === '' ? ('succeeded' as const) : ('failed' as const),
    ...because(cause),
    snapshot_id: snapshotArn(row),
    startTime: new Date(row.startedAt).toISOString(),
    endTime: new Date(at).toISOString(),
  }
}

const because = (cause: string) => ({ cause, 'request-id': '' as const })

function ofSnapshot(row: SnapshotRow, at: number, detail: EventDetail): WorldEvent {
  return notification('EBS Snapshot Notification', row, [snapshotArn(row)], at, detail)
}
