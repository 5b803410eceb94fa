import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { StrataError } from '../contract/errors.ts'
import { type JobId, type SnapshotId, SnapshotSetId } from '../contract/ids.ts'
import type { Attachment, Instance } from '../contract/instance.ts'
import {
  assertStill,
  type BegunSnapshot,
  beginningOf,
  beginSnapshot,
  closeSnapshot,
  settleMoment,
  startOf,
} from '../engine/begun-snapshot.ts'
import type { Context } from '../engine/context.ts'
import { isCancelled } from '../engine/give-up.ts'
import {
  completeSnapshot,
  removeScanned,
  type Scanned,
  scanSnapshot,
} from '../engine/head-snapshot.ts'
import { newId } from '../engine/ids.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import { causeOf, inErrorState, setEnded, snapshotFailed } from '../engine/notifications.ts'
import { endLeaving } from '../engine/remove-volume.ts'
import { usableVolume } from '../engine/usable-volume.ts'

/** Snapshots of several volumes of an instance that have begun at one moment. */
export type BegunSet = {
  readonly members: readonly BegunSnapshot[]
  readonly startedAt: number
}

/** Volumes that are attached, as they can be read from. @throws StrataError NOTHING_TO_SNAPSHOT */
export function rowsOf(
  library: Library,
  instance: Instance,
  attachments: readonly Attachment[],
): VolumeRow[] {
  if (attachments.length === 0) {
    throw new StrataError('NOTHING_TO_SNAPSHOT', { instance: instance.name })
  }
  return attachments.map(({ volumeId }) => usableVolume(library, volumeId))
}

/**
 * Begins a snapshot of each volume in one transaction: all are of that moment.
 *
 * @throws StrataError NAME_REFUSED, NAME_TAKEN, or why a volume cannot be read
 */
export function beginSet(
  { library, clock }: Context,
  instance: Instance,
  rows: readonly VolumeRow[],
  wish: { readonly name?: string | undefined; readonly description: string },
): BegunSet {
  const members: BegunSnapshot[] = []
  try {
    for (const row of rows) members.push(beginningOf(library, row, { name: wish.name }))
    const startedAt = startOf(library, rows, clock())
    const setId = newId(SnapshotSetId, 'set')
    library.change(() => {
      for (const member of members) {
        beginSnapshot(library, member, wish.description, startedAt)
        const { instanceId } = instance
        library.snapshotSets.add({ snapshotId: member.id, setId, instanceId })
      }
    })
    return { members, startedAt }
  } catch (error) {
    for (const member of members) closeSnapshot(library, member)
    throw error
  }
}

/**
 * Takes snapshots that were begun together. They come to exist in one transaction, or none does.
 *
 * @param before jobs that have to end before the volumes are read
 * @param alongside what else that transaction does, told how many bytes they store
 */
export async function takeSet(
  context: Context,
  { members }: BegunSet,
  job: JobHandle,
  before: readonly JobId[],
  alongside: (at: number, storedBytes: number) => void,
): Promise<void> {
  const { library, jobs } = context
  job.makes(members.map(({ id }) => id))
  const scanned: Scanned[] = []
  try {
    for (const other of before) await jobs.after(other, job.signal)
    await context.gate.share(job.signal, () => run(context, members, job, scanned, alongside))
  } catch (error) {
    // The one that was being read, or the first where all of them had been.
    giveUpSet(context, members, (members[scanned.length] ?? members[0]!).id, error)
    throw error
  } finally {
    for (const member of members) closeSnapshot(library, member)
    for (const member of members) endLeaving(context, member)
  }
}

/** @param scanned gets what was read, one after another */
async function run(
  context: Context,
  members: readonly BegunSnapshot[],
  job: JobHandle,
  scanned: Scanned[],
  alongside: (at: number, storedBytes: number) => void,
): Promise<void> {
  const { library } = context
  try {
    const progress = new SetProgress(members, job)
    for (const member of members) {
      scanned.push(await scanSnapshot(context, member, progress.of(member)))
    }
    job.signal.throwIfAborted()
    for (const member of members) assertStill(member)
    library.change(() => complete(context, members, scanned, alongside))
  } catch (error) {
    removeScanned(error, library, scanned)
    throw error
  }
  for (const member of members) settleMoment(library, member)
}

function complete(
  { library, clock }: Context,
  members: readonly BegunSnapshot[],
  scanned: readonly Scanned[],
  alongside: (at: number, storedBytes: number) => void,
): void {
  const at = clock()
  const rows = rowsOfMembers(library, members)
  const stored = members.map((member, i) => completeSnapshot(library, member, scanned[i]!, at))
  library.tell(setEnded(rows, at, ''))
  alongside(
    at,
    stored.reduce((sum, bytes) => sum + bytes, 0),
  )
}

/** None of those still pending is going to be: one failed, and the others with it. */
function giveUpSet(
  { library, clock }: Context,
  members: readonly BegunSnapshot[],
  failedId: SnapshotId,
  error: unknown,
): void {
  const rows = members
    .flatMap(({ id }) => library.snapshotRows().get(id) ?? [])
    .filter(({ state }) => state === 'pending')
  if (rows.length === 0) return
  const at = clock()
  const cause = inErrorState(failedId)
  library.tellFailures([
    ...rows.map((row) => {
      const ownCause = row.id === failedId ? causeOf(error) : cause
      const message = isCancelled(error) ? null : ownCause
      return {
        event: snapshotFailed(row, library.snapshotRows(), at, ownCause),
        ended: { kind: 'snapshot' as const, id: row.id, message },
      }
    }),
    { event: setEnded(rows, at, cause), ended: null },
  ])
}

function rowsOfMembers(library: Library, members: readonly BegunSnapshot[]): SnapshotRow[] {
  return members.map(({ id }) => library.snapshotRows().get(id)!)
}

/** Bytes of all members together, where each tells only of itself. */
class SetProgress {
  readonly #done = new Map<SnapshotId, number>()
  readonly #totals: Map<SnapshotId, number>
  readonly #job: JobHandle

  constructor(members: readonly BegunSnapshot[], job: JobHandle) {
    this.#totals = new Map(members.map(({ id, sizeBytes }) => [id, sizeBytes]))
    this.#job = job
  }

  of({ id, sizeBytes }: BegunSnapshot): JobHandle {
    return {
      ...this.#job,
      progress: (doneBytes, totalBytes = sizeBytes) => {
        this.#done.set(id, doneBytes)
        this.#totals.set(id, totalBytes)
        this.#job.progress(sum(this.#done), sum(this.#totals))
      },
    }
  }
}

function sum(bytes: ReadonlyMap<SnapshotId, number>): number {
  return [...bytes.values()].reduce((total, each) => total + each, 0)
}
