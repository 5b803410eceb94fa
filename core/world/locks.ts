import type { LockRow } from '../catalog/locks.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import {
  lockStateOf,
  MAX_COOL_OFF_HOURS,
  MAX_LOCK_DAYS,
  type SnapshotLock,
} from '../contract/locks.ts'
import { show } from '../contract/show.ts'
import { commandOf, optionOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { lockOf } from '../engine/snapshot-marks.ts'
import { toldChange } from '../engine/told-change.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A snapshot that is locked is not deleted. */
export function lockGuard({ library, clock }: Context, row: SnapshotRow): StrataError | null {
  const lock = lockRowOf(library, row)
  if (lock === undefined) return null
  const told = lockOf(lock, row)
  if (lockStateOf(told, clock()) === 'expired') return null
  const until = endOf(told)
  return new StrataError('SNAPSHOT_LOCKED', { snapshot: row.id, mode: lock.mode, until })
}

/**
 * When the next lock, or the cooling-off period of one, is over by itself: no row tells.
 *
 * @param after only later ones; this and the answer in milliseconds since 1970, UTC
 * @returns null: none will
 */
export function nextLockMoment(library: Library, after: number): number | null {
  const moments = library.locks.all().flatMap((lock) => {
    const row = library.snapshotRows().get(lock.id)
    // Its snapshot may be on its way out of the catalog.
    if (row === undefined) return []
    const { expiresAt } = lockOf(lock, row)
    return [expiresAt ?? 0, lock.coolOffUntil ?? 0]
  })
  const later = moments.filter((at) => at > after)
  return later.length === 0 ? null : Math.min(...later)
}

/**
 * Locks a snapshot, pending ones too, or changes its lock as far as its mode lets one.
 *
 * @throws StrataError DELETED_ALREADY for one that goes as soon as it is complete; IncorrectState for
 *   one that failed
 */
export function lockSnapshot(
  { library, clock }: Context,
  input: Input<'lockSnapshot'>,
): SnapshotLock {
  const row = library.snapshotRow(input.snapshotId)
  if (row.deletionId !== null) throw new StrataError('DELETED_ALREADY', { snapshot: row.name })
  if (row.state === 'error') {
    throw new StrataError('IncorrectState', { snapshot: row.name, state: row.state })
  }
  const now = clock()
  const wanted = wantedLock(input, now)
  const before = lockRowOf(library, row)
  if (before !== undefined) assertChangeable(row, before, wanted, input, now)
  const { mode, days, expiresAt, coolOffHours } = input
  library.change(() => {
    library.locks.set(wanted)
    library.history.add({
      at: now,
      title: `Locked ${show(row.name)} in ${mode} mode`,
      command: commandOf(
        library,
        ...['snapshot', 'lock', row.id, '--mode', mode],
        ...optionOf('--days', days),
        ...optionOf('--until', expiresAt && new Date(expiresAt).toISOString()),
        ...optionOf('--cool-off', coolOffHours),
      ),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
  return lockOf(wanted, row)
}

export function unlockSnapshot(
  { library, clock }: Context,
  { snapshotId }: Input<'unlockSnapshot'>,
): SnapshotLock {
  const row = library.snapshotRow(snapshotId)
  const lock = lockRowOf(library, row)
  if (lock === undefined) throw new StrataError('SNAPSHOT_NOT_LOCKED', { snapshot: row.id })
  const told = lockOf(lock, row)
  if (lockStateOf(told, clock()) === 'compliance') throw compliance(row, told)
  toldChange(
    { library, clock },
    { title: `Unlocked ${show(row.name)}`, command: ['snapshot', 'unlock', row.id] },
    () => {
      library.locks.remove(row.id)
    },
  )
  return told
}

function wantedLock(input: Input<'lockSnapshot'>, now: number): LockRow {
  const { snapshotId, mode, days, expiresAt, coolOffHours } = input
  if ((days === undefined) === (expiresAt === undefined)) {
    throw new StrataError('LOCK_TIME_REFUSED', { problem: 'either days or an end must be given' })
  }
  if (days !== undefined && (days < 1 || days > MAX_LOCK_DAYS)) {
    throw new StrataError('LOCK_TIME_REFUSED', { problem: `it cannot last ${days} days` })
  }
  if (expiresAt !== undefined && expiresAt <= now) {
    throw new StrataError('LOCK_TIME_REFUSED', { problem: 'that moment is over' })
  }
  if (coolOffHours !== undefined && mode === 'governance') {
    const problem = 'a governance lock can be taken back at any time'
    throw new StrataError('LOCK_COOL_OFF_REFUSED', { problem })
  }
  if (coolOffHours !== undefined && (coolOffHours < 1 || coolOffHours > MAX_COOL_OFF_HOURS)) {
    const problem = `it lasts 1 to ${MAX_COOL_OFF_HOURS} hours, not ${coolOffHours}`
    throw new StrataError('LOCK_COOL_OFF_REFUSED', { problem })
  }
  return {
    id: snapshotId,
    mode,
    lockedAt: now,
    days: days ?? null,
    expiresAt: expiresAt ?? null,
    coolOffUntil: coolOffHours === undefined ? null : now + coolOffHours * HOUR_MS,
  }
}

/** A compliance lock whose cooling-off period is over only ever gets longer. */
function assertChangeable(
  row: SnapshotRow,
  before: LockRow,
  wanted: LockRow,
  { coolOffHours }: Input<'lockSnapshot'>,
  now: number,
): void {
  const told = lockOf(before, row)
  if (lockStateOf(told, now) !== 'compliance') return
  if (coolOffHours !== undefined) {
    const problem = 'the one that this lock may have had is over'
    throw new StrataError('LOCK_COOL_OFF_REFUSED', { problem })
  }
  const isLonger = lastMoment(wanted, now) >= lastMoment(before, told.startsAt ?? now)
  if (wanted.mode !== 'compliance' || !isLonger) throw compliance(row, told)
}

function lastMoment({ days, expiresAt }: LockRow, startsAt: number): number {
  return expiresAt ?? startsAt + days! * DAY_MS
}

function compliance(row: SnapshotRow, lock: SnapshotLock): StrataError {
  return new StrataError('LOCK_IS_COMPLIANCE', { snapshot: row.id, until: endOf(lock) })
}

/** Of a pending snapshot that is locked for days nobody knows the day. */
function endOf({ expiresAt }: SnapshotLock): string {
  return expiresAt === null ? 'some time after its completion' : new Date(expiresAt).toISOString()
}

function lockRowOf(library: Library, { id }: SnapshotRow): LockRow | undefined {
  return library.locks.all().find((lock) => lock.id === id)
}
