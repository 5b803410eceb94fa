import { rmSync } from 'node:fs'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input } from '../contract/calls.ts'
import type { Volume } from '../contract/model.ts'
import { show } from '../contract/show.ts'
import type { BegunSnapshot } from './begun-snapshot.ts'
import { commandOf, wordFor } from './command-line.ts'
import type { Context } from './context.ts'
import type { Library } from './library.ts'
import { pendingOf } from './pending-snapshots.ts'
import { forgetLoad } from './unloaded.ts'
import { assertIdle, assertNotComing, assertUnheld, usableVolume } from './usable-volume.ts'
import { volumeOf } from './view.ts'
import { volumeDeleted } from './volume-notifications.ts'

/*
 * Snapshots stay when their volume goes, as in EBS. Of a linked image only the volume goes.
 * (1) Snapshots that are pending may have to read the volume yet. Until they have ended it is leaving:
 *     nothing is done to it any more, and it goes as soon as all of them are complete.
 * (2) Where one of them is not going to be, the volume stays: nothing else may hold what was to be kept.
 *     So nothing of its leaving has to outlive the program: what is pending then fails.
 */

/** The volume goes, or is leaving. @throws StrataError VOLUME_BUSY */
export function removeVolume(context: Context, input: Input<'removeVolume'>): Volume {
  const { library } = context
  const row = usableVolume(library, input.volumeId)
  assertNotComing(library, row)
  removeVolumes(context, [row], (gone) => tellHistory(context, gone))
  return volumeOf(library, { ...row, isRemoved: !library.underWay.leaving.has(row.id) })
}

/**
 * Removes volumes in one transaction, but for those that pending snapshots need.
 *
 * @param alongside what else that transaction does, told which of them go now
 * @throws StrataError VOLUME_BUSY
 */
export function removeVolumes(
  context: Context,
  rows: readonly VolumeRow[],
  alongside: (gone: readonly VolumeRow[]) => void,
): void {
  const { library, jobs } = context
  const leaving = rows.filter(({ id }) => pendingOf(library, id).length > 0)
  const going = rows.filter((row) => !leaving.includes(row))
  for (const row of leaving) assertUnheld(jobs, row)
  for (const row of going) assertIdle(jobs, row)
  const { requestId } = library.asker
  take(context, going, requestId, () => alongside(going))
  for (const { id } of leaving) library.underWay.leaving.set(id, requestId)
}

/** Called when a pending snapshot has ended. Nothing of it fails for what becomes of its volume. */
export function endLeaving(context: Context, { id, row: { id: volumeId } }: BegunSnapshot): void {
  const { library } = context
  const { leaving } = library.underWay
  const requestId = leaving.get(volumeId)
  if (requestId === undefined) return
  const isComplete = (library.snapshotRows().get(id)?.completedAt ?? null) !== null
  if (isComplete && pendingOf(library, volumeId).length > 0) return
  leaving.delete(volumeId)
  if (!isComplete) return
  const row = library.volumeRow(volumeId)
  try {
    take(context, [row], requestId, () => tellHistory(context, [row]))
  } catch {
    // The disk has no room to say so. It stays, and can be removed again.
  }
}

/** Within a change. Its file goes after that. */
export function takeAway(library: Library, row: VolumeRow, at: number, requestId: string): void {
  library.volumes.update({ ...row, isRemoved: true })
  forgetLoad(library, row.id)
  library.tell(volumeDeleted(row, at, requestId))
}

/** Rows of removed volumes are kept only as the origin of snapshots. */
export function forgetRemoved({ library }: Context): void {
  const origins = new Set([...library.snapshotRows().values()].map((row) => row.volumeId))
  const idle = [...library.volumeRows().values()].filter(
    (row) => row.isRemoved && !origins.has(row.id),
  )
  if (idle.length === 0) return
  library.quietly(() => {
    for (const row of idle) library.volumes.remove(row.id)
  })
}

function take(
  context: Context,
  rows: readonly VolumeRow[],
  requestId: string,
  alongside: () => void,
): void {
  const { library, jobs, clock } = context
  const loading = rows.flatMap(({ id }) => jobs.loading(id) ?? [])
  library.change(() => {
    for (const row of rows) takeAway(library, row, clock(), requestId)
    alongside()
  })
  for (const { jobId } of loading) jobs.cancel(jobId)
  for (const row of rows) {
    if (row.kind === 'managed') rmSync(library.volumeFile(row.id), { force: true })
  }
  forgetRemoved(context)
}

/** Within a change. */
function tellHistory({ library, clock }: Context, gone: readonly VolumeRow[]): void {
  for (const row of gone) {
    library.history.add({
      at: clock(),
      title: `Removed volume ${show(row.name)}`,
      command: commandOf(library, 'volume', 'rm', wordFor(library, row)),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  }
}
