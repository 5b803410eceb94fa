import type { FastRestoreRow } from '../catalog/fast-restores.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import {
  type FastRestore,
  isFastRestoreOn,
  MAX_FAST_RESTORE_BYTES,
  MAX_FAST_RESTORES,
} from '../contract/fast-restore.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { show } from '../contract/show.ts'
import { mayRead } from '../engine/access.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { toldChange } from '../engine/told-change.ts'
import { fastRestoreChanged } from './fast-restore-event.ts'
import { ASKED_FOR, disabling, nextOf, shown, since, stepsOf } from './fast-restore-states.ts'

/** As EBS words why it was switched off by itself. */
const IS_GONE =
  'Client.InvalidSnapshot.InvalidState - The requested snapshot was deleted or access permissions were revoked'
const IS_UNUSABLE =
  'Client.InvalidSnapshot.InvalidState - The requested snapshot transitioned to an invalid state (Error)'

const TIB = 2 ** 40

/** Switches fast snapshot restore on or off for the account that asks; what is so already stays. */
export function setFastRestore(
  context: Context,
  { snapshotId, isOn }: Input<'setFastRestore'>,
): FastRestore {
  const { library, clock } = context
  advanceFastRestores(context)
  const snapshot = library.readableRow(snapshotId)
  const before = fastRestoreOf(library, snapshotId)
  const now = clock()
  const after = isOn ? on(library, snapshot, before, now) : off(snapshot, before, now)
  if (after !== before) {
    const title = `Switched fast restore of ${show(snapshot.name)} ${isOn ? 'on' : 'off'}`
    const command = ['snapshot', 'fast-restore', snapshotId, isOn ? '--on' : '--off']
    toldChange(context, { title, command }, () => {
      library.fastRestores.set(after)
      library.tell(fastRestoreChanged(after, now))
    })
  }
  return shown(after, now)
}

/** Of snapshots that can be used, for the account that asks, in the order they were switched on. */
export function fastRestoresOf({ library, clock }: Context): FastRestore[] {
  const { account } = library
  const own = library.fastRestores.all().filter((row) => row.account === account)
  if (own.length === 0) return []
  const now = clock()
  return own
    .filter((row) => problemOf(library, row) === null)
    .map((row) => shown(stepsOf(row, null, now).at(-1) ?? row, now))
}

/** The row of the account that asks, for a snapshot. */
export function fastRestoreOf(library: Library, id: SnapshotId): FastRestoreRow | undefined {
  const { account } = library
  return library.fastRestores.all().find((row) => row.snapshotId === id && row.account === account)
}

/** When the next one comes to another state, in milliseconds since 1970, UTC; null: none will. */
export function nextFastRestore({ library }: Context): number | null {
  const moments = library.fastRestores.all().flatMap((row) => {
    const next = nextOf(row)
    const isCut = problemOf(library, row) !== null && (isFastRestoreOn(row) || next === null)
    return isCut ? [0] : next === null ? [] : [since(next)]
  })
  return moments.length === 0 ? null : Math.min(...moments)
}

/** Writes down and tells what all have come to by now. */
export function advanceFastRestores(context: Context): void {
  const { library, clock } = context
  const due = nextFastRestore(context)
  const now = clock()
  if (due === null || due > now) return
  library.change(() => {
    for (const row of library.fastRestores.all()) advance(library, row, now)
  })
}

/** Within a change. */
function advance(library: Library, row: FastRestoreRow, now: number): void {
  const problem = problemOf(library, row)
  const steps = stepsOf(row, problem, now)
  for (const step of steps) library.tell(fastRestoreChanged(step, since(step)))
  const last = steps.at(-1) ?? row
  if (problem !== null && last.state === 'disabled') library.fastRestores.remove(last)
  else if (last !== row) library.fastRestores.set(last)
}

/** Why the account that switched it on cannot use the snapshot any more; null: it can. */
function problemOf(library: Library, { snapshotId, account }: FastRestoreRow): string | null {
  const row = library.snapshotRows().get(snapshotId)
  const isThere =
    row?.state === 'completed' && library.asker.as(account, () => mayRead(library, row))
  if (!isThere) return IS_GONE
  return row.tier === 'standard' ? null : IS_UNUSABLE
}

/** @throws StrataError FAST_RESTORE_REFUSED, ResourceLimitExceeded */
function on(
  library: Library,
  { id, name, region, volumeSizeBytes }: SnapshotRow,
  before: FastRestoreRow | undefined,
  now: number,
): FastRestoreRow {
  if (before !== undefined && isFastRestoreOn(before)) return before
  if (volumeSizeBytes > MAX_FAST_RESTORE_BYTES) {
    const most = MAX_FAST_RESTORE_BYTES / TIB
    throw new StrataError('FAST_RESTORE_REFUSED', { snapshot: name, most })
  }
  const { account } = library
  const others = library.fastRestores
    .all()
    .filter((row) => row.account === account && row.region === region && isFastRestoreOn(row))
  if (others.length >= MAX_FAST_RESTORES) {
    const limit = MAX_FAST_RESTORES
    throw new StrataError('ResourceLimitExceeded', { limit, what: 'fast restores', region })
  }
  return {
    snapshotId: id,
    account,
    region,
    sizeBytes: volumeSizeBytes,
    state: 'enabling',
    reason: ASKED_FOR,
    enablingAt: now,
    optimizingAt: null,
    enabledAt: null,
    disablingAt: null,
    disabledAt: null,
    credits: 0,
    countedAt: now,
  }
}

/** @throws StrataError FAST_RESTORE_OFF */
function off(
  { name }: SnapshotRow,
  before: FastRestoreRow | undefined,
  now: number,
): FastRestoreRow {
  if (before === undefined || before.state === 'disabled') {
    throw new StrataError('FAST_RESTORE_OFF', { snapshot: name })
  }
  return before.state === 'disabling' ? before : disabling(before, ASKED_FOR, now)
}
