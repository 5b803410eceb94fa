import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../blocks/durable-folder.ts'
import { told } from '../blocks/io-errors.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { JobResult } from '../contract/jobs.ts'
import { show } from '../contract/show.ts'
import { MAX_ARCHIVED, type StorageTier } from '../contract/tiering.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { assertAuthenticIfOpen } from '../engine/authentic.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { assertKeyUsable } from '../engine/encryption-choice.ts'
import { granteesOf } from '../engine/grantees.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import { snapshotTiered } from '../engine/notifications.ts'
import { reclaim } from '../engine/reclaim-space.ts'
import { beginTiering, failTiering } from '../engine/tiering-work.ts'
import { type CopyChanges, copyChangesOf } from './copy-changes.ts'
import { detach } from './detach-snapshot.ts'
import { imageGuard } from './images.ts'
import { keepTags } from './tags.ts'
import { assertTierRoom } from './tier-room.ts'
import {
  nameTransferred,
  removeTransferred,
  type Transferred,
  transferBlocks,
} from './transfer-blocks.ts'

/**
 * Writes the whole snapshot into the archive of its region. It is a root there; what other snapshots
 * read of it stays in the standard tier, as what a deleted snapshot leaves behind does.
 */
export function archiveSnapshot(
  context: Context,
  { snapshotId }: Input<'archiveSnapshot'>,
): Output<'archiveSnapshot'> {
  const { library, jobs, clock } = context
  const row = archivableRow(context, snapshotId)
  const startedAt = clock()
  beginTiering(library, row, 'archival', startedAt)
  const jobId = jobs.start(
    { kind: 'archive', title: `Archiving ${row.name}`, snapshotId },
    async (job): Promise<JobResult> => {
      try {
        const whole = await moveWhole(context, row, 'archive', job, (whole, moved) =>
          complete(context, row.id, startedAt, whole, moved),
        )
        reclaim(context, { now: false })
        return { kind: 'tier', snapshotId, movedBytes: whole.movedBlocks * BLOCK_BYTES }
      } catch (error) {
        failTiering(library, row, 'archival', { startedAt, at: clock(), error })
        throw error
      }
    },
  )
  return { jobId }
}

/**
 * Transfers all that a snapshot reads to a tier; then, while nobody reads or writes block data, does
 * `within` in one transaction. Nothing is left when it throws.
 */
export async function moveWhole(
  { library, gate }: Context,
  row: SnapshotRow,
  tier: StorageTier,
  job: JobHandle,
  within: (whole: CopyChanges, moved: Transferred) => void,
): Promise<CopyChanges> {
  const { id, region } = row
  const place = { region, tier }
  const { whole, moved } = await gate.share(job.signal, async () => {
    assertThere(library, id)
    await assertAuthenticIfOpen(library, row, job.signal)
    makeFolder(library, library.segmentsDir(region, tier))
    const whole = copyChangesOf(library, id, null)
    const totalBytes = whole.blockIds.length * BLOCK_BYTES
    job.progress(0, totalBytes)
    const moved = await transferBlocks(library, whole.blockIds, place, job, totalBytes)
    return { whole, moved }
  })
  try {
    await gate.own(job.signal, async () => {
      assertThere(library, id)
      library.change(() => within(whole, moved))
    })
  } catch (error) {
    removeTransferred(error, library, place, moved)
    throw error
  }
  return whole
}

/** Within a change. What only it read dies in the standard tier with its remnant. */
function complete(
  context: Context,
  id: SnapshotId,
  startedAt: number,
  whole: CopyChanges,
  moved: Transferred,
): void {
  const { library, clock } = context
  const row = library.snapshotRows().get(id)!
  assertArchivable(context, row)
  const { full, released } = library.figures().of.get(id)!
  const at = clock()
  const delta = nameTransferred(library, { region: row.region, tier: 'archive' }, whole, moved)
  leaveStandard(library, row, delta.encode())
  library.tierings.set({
    id,
    status: 'archival-completed',
    startedAt,
    archivedAt: at,
    restoreExpiresAt: null,
  })
  const { requestId } = library.asker
  const done = { event: 'archiveSnapshot', startedAt, cause: '', requestId } as const
  library.tell(snapshotTiered(row, done, at))
  library.history.add({
    at,
    title: `Archived ${show(row.name)}`,
    command: commandOf(library, 'snapshot', 'archive', id),
    storedDeltaBytes: (full - released) * BLOCK_BYTES,
    deletionId: null,
  })
}

/**
 * Within a change: the archive has it alone. As in EBS its shares go, and no restore brings them back.
 *
 * @param archived its packed delta there
 */
export function leaveStandard(library: Library, row: SnapshotRow, archived: Buffer): void {
  const { id } = row
  detach(library, id)
  library.snapshots.setStored(id, { delta: archived, adopted: Buffer.alloc(0) })
  library.snapshots.setTier(id, 'archive')
  for (const grantee of granteesOf(library, id)) library.shares.remove({ snapshotId: id, grantee })
  keepTags(library.snapshotTags, row, [])
  library.forgetDelta(id)
}

function archivableRow(context: Context, id: SnapshotId): SnapshotRow {
  const { library } = context
  const row = library.completedRow(id)
  assertArchivable(context, row)
  assertKeyUsable(library, row)
  assertTierRoom(context, row, 'archive')
  return row
}

/** @throws StrataError ARCHIVE_REFUSED */
function assertArchivable(context: Context, row: SnapshotRow): void {
  const problem = problemOf(context, row)
  if (problem !== null) throw new StrataError('ARCHIVE_REFUSED', { snapshot: row.name, problem })
}

/** It may have gone while this waited, or its key. */
function assertThere(library: Library, id: SnapshotId): void {
  const row = library.snapshotRows().get(id)
  if (row?.state !== 'completed')
    throw new StrataError('InvalidSnapshot.NotFound', { snapshot: id })
  assertKeyUsable(library, row)
}

function problemOf(context: Context, row: SnapshotRow): string | null {
  const { library } = context
  const image = imageGuard(context, row)
  if (image !== null) return 'an image maps it'
  const tierings = library.tierings.all().filter(({ archivedAt }) => archivedAt !== null)
  if (tierings.some(({ id }) => id === row.id)) return 'it is restored from the archive already'
  const rows = library.snapshotRows()
  const siblings = tierings.filter(({ id }) => rows.get(id)?.volumeId === row.volumeId)
  return siblings.length >= MAX_ARCHIVED
    ? `${MAX_ARCHIVED} snapshots of its volume are archived`
    : null
}

/** Made when something is archived there for the first time; each is durable in the one above it. */
function makeFolder(library: Library, folder: string): void {
  told(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (let inner = folder; inner !== library.path; inner = dirname(inner)) syncFolder(inner)
  })
}
