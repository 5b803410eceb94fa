import { Delta } from '../blocks/delta.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { TieringRow } from '../catalog/tierings.ts'
import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { JobResult } from '../contract/jobs.ts'
import { show } from '../contract/show.ts'
import { MAX_RESTORE_DAYS, type TieringWork } from '../contract/tiering.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { completed } from '../engine/access.ts'
import { bury } from '../engine/archived-data.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { assertKeyUsable } from '../engine/encryption-choice.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import { snapshotTiered } from '../engine/notifications.ts'
import { reclaim } from '../engine/reclaim-space.ts'
import { beginTiering, failTiering, TIERING_EVENTS } from '../engine/tiering-work.ts'
import { leaveStandard, moveWhole } from './archive-snapshot.ts'
import { imageGuard } from './images.ts'
import { assertTierRoom } from './tier-room.ts'
import { nameTransferred } from './transfer-blocks.ts'

const DAY_MS = 86_400_000

/** After a failure, or while something else is done with the snapshot. */
const RETRY_MS = 60_000

/**
 * Brings an archived snapshot back to the standard tier, whole. With `days` the archive keeps it and
 * has it alone again when they are over; for one that is restored already only that moment moves.
 */
export function restoreTier(
  context: Context,
  { snapshotId, days }: Input<'restoreTier'>,
): Output<'restoreTier'> {
  const { library, jobs, clock } = context
  // Nobody but its owner; it need not be usable.
  const row = completed(library.snapshotRow(snapshotId))
  archivedTiering(library, row)
  if (days !== undefined && (days < 1 || days > MAX_RESTORE_DAYS)) {
    throw new StrataError('RESTORE_DAYS_REFUSED', { days, most: MAX_RESTORE_DAYS })
  }
  assertTierRoom(context, row, 'restoreTier')
  // Of one that is restored already nothing moves.
  if (row.tier === 'archive') assertKeyUsable(library, row)
  const startedAt = clock()
  beginTiering(library, row, workOf(days), startedAt)
  const jobId = jobs.start(
    { kind: 'restoreTier', title: `Restoring ${row.name} from the archive`, snapshotId },
    async (job): Promise<JobResult> => {
      try {
        const movedBlocks = await run(context, row, { days, startedAt }, job)
        return { kind: 'tier', snapshotId, movedBytes: movedBlocks * BLOCK_BYTES }
      } catch (error) {
        failTiering(library, row, workOf(days), { startedAt, at: clock(), error })
        throw error
      }
    },
  )
  return { jobId }
}

/** When the next one leaves the standard tier, in milliseconds since 1970, UTC; null: none will. */
export function nextExpiry(context: Context): number | null {
  const ends = context.library.tierings.all().flatMap((row) => expiryOf(context, row) ?? [])
  return ends.length === 0 ? null : Math.min(...ends)
}

/**
 * Nobody is told when a job ends that keeps a snapshot from leaving: it is looked for again. So is one
 * that an image maps, as it could by older rules: the image would break.
 */
function expiryOf(context: Context, { id, restoreExpiresAt }: TieringRow): number | null {
  const { library, jobs, expiryRetries, clock } = context
  if (restoreExpiresAt === null) return null
  const isBusy = jobs.running().some(({ snapshotId }) => snapshotId === id)
  const isKept = isBusy || imageGuard(context, library.snapshotRows().get(id)!) !== null
  return Math.max(restoreExpiresAt, isKept ? clock() + RETRY_MS : (expiryRetries.get(id) ?? 0))
}

/** What was restored for some days that are over lies in the archive alone again. */
export function endRestores(context: Context): void {
  const { library, jobs, gate, expiryRetries, clock } = context
  for (const tiering of library.tierings.all()) {
    const { id } = tiering
    const dueAt = expiryOf(context, tiering)
    if (dueAt === null || dueAt > clock()) continue
    const row = library.snapshotRows().get(id)!
    const title = `${row.name} leaves the standard tier`
    jobs.start({ kind: 'restoreTier', title, snapshotId: id }, async (job): Promise<JobResult> => {
      try {
        await gate.own(job.signal, async () => library.change(() => endRestore(context, id)))
      } catch (error) {
        expiryRetries.set(id, clock() + RETRY_MS)
        throw error
      }
      expiryRetries.delete(id)
      reclaim(context, { now: false })
      return { kind: 'tier', snapshotId: id, movedBytes: 0 }
    })
  }
}

type Wish = { days: number | undefined; startedAt: number }

/** @returns blocks that were moved */
async function run(
  context: Context,
  row: SnapshotRow,
  wish: Wish,
  job: JobHandle,
): Promise<number> {
  const { library, gate } = context
  if (row.tier === 'standard') {
    await gate.own(job.signal, async () => library.change(() => changeRestore(context, row, wish)))
    reclaim(context, { now: false })
    return 0
  }
  const { movedBlocks } = await moveWhole(context, row, 'standard', job, (whole, moved) => {
    const archived = library.deltaOf(row.id)
    const { region } = row
    const delta = nameTransferred(library, { region, tier: 'standard' }, whole, moved)
    if (wish.days === undefined) bury(library, archived)
    else library.tierings.keepDelta(row.id, archived.encode())
    library.snapshots.setStored(row.id, { delta: delta.encode(), adopted: Buffer.alloc(0) })
    library.snapshots.setTier(row.id, 'standard')
    library.forgetDelta(row.id)
    tell(context, row, wish)
  })
  reclaim(context, { now: false })
  return movedBlocks
}

/** Within a change: of one that is restored already. */
function changeRestore(context: Context, row: SnapshotRow, wish: Wish): void {
  const { library } = context
  if (wish.days === undefined) {
    bury(library, Delta.decode(library.tierings.keptDeltas().get(row.id)!))
    library.tierings.dropDelta(row.id)
  }
  tell(context, row, wish)
}

function tell({ library, clock }: Context, row: SnapshotRow, { days, startedAt }: Wish): void {
  const { id } = row
  const at = clock()
  const restoreExpiresAt = days === undefined ? null : at + days * DAY_MS
  const { archivedAt } = archivedTiering(library, row)
  library.tierings.set({
    id,
    status: `${workOf(days)}-completed`,
    startedAt,
    archivedAt: days === undefined ? null : archivedAt,
    restoreExpiresAt,
  })
  const { requestId } = library.asker
  const event = TIERING_EVENTS[workOf(days)]
  const done = { event, startedAt, cause: '', requestId, restoreExpiresAt }
  library.tell(snapshotTiered(row, done, at))
  library.history.add({
    at,
    title: `Restored ${show(row.name)} from the archive${days === undefined ? '' : ` for ${daysText(days)}`}`,
    command: commandOf(
      library,
      ...['snapshot', 'restore-tier', id],
      ...(days === undefined ? ['--permanent'] : ['--days', String(days)]),
    ),
    storedDeltaBytes: 0,
    deletionId: null,
  })
}

/** Within a change. */
function endRestore({ library, clock }: Context, id: SnapshotId): void {
  const row = library.snapshotRows().get(id)
  const archived = library.tierings.keptDeltas().get(id)
  const tiering = library.tierings.get(id)
  // It went, or was restored for good or for longer, while this waited.
  if (row === undefined || archived === undefined || tiering === undefined) return
  const at = clock()
  const { startedAt, archivedAt, restoreExpiresAt } = tiering
  if (restoreExpiresAt === null || restoreExpiresAt > at) return
  leaveStandard(library, row, archived)
  library.tierings.dropDelta(id)
  const status = 'archival-completed'
  library.tierings.set({ id, status, startedAt, archivedAt, restoreExpiresAt: null })
  const ended = { event: 'restoreExpiry', startedAt, cause: '', requestId: '' } as const
  library.tell(snapshotTiered(row, ended, at))
}

const daysText = (days: number) => (days === 1 ? '1 day' : `${days} days`)

const workOf = (days: number | undefined): TieringWork =>
  days === undefined ? 'permanent-restore' : 'temporary-restore'

/** @throws StrataError SNAPSHOT_NOT_ARCHIVED */
function archivedTiering(library: Library, { id, name }: SnapshotRow): TieringRow {
  const tiering = library.tierings.get(id)
  if (tiering === undefined || tiering.archivedAt === null) {
    throw new StrataError('SNAPSHOT_NOT_ARCHIVED', { snapshot: name })
  }
  return tiering
}
