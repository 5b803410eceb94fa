import type { Input, Output } from '../contract/calls.ts'
import { show } from '../contract/show.ts'
import type { Tag } from '../contract/tags.ts'
import {
  assertStill,
  type BegunSnapshot,
  beginningOf,
  beginSnapshot,
  closeSnapshot,
  settleMoment,
  startOf,
} from './begun-snapshot.ts'
import { commandOf, optionOf, wordFor } from './command-line.ts'
import type { Context } from './context.ts'
import { giveUp } from './give-up.ts'
import { completeSnapshot, removeScanned, type Scanned, scanSnapshot } from './head-snapshot.ts'
import type { JobHandle } from './jobs.ts'
import { checkDescription } from './names.ts'
import { placeInQueue, untilWritten, writeTo } from './pending-snapshots.ts'
import { endLeaving } from './remove-volume.ts'
import { withTags } from './tags.ts'
import { usableVolume } from './usable-volume.ts'

type Wish = Input<'takeSnapshot'>

/**
 * Takes a snapshot: the blocks that changed since the living base, or all that hold anything.
 * Whatever is wrong with the request or the file is told at once, before there is a job.
 *
 * @param systemTags what nobody else may put on it
 */
export function takeSnapshot(
  context: Context,
  input: Wish,
  systemTags: readonly Tag[] = [],
): Output<'takeSnapshot'> {
  const { library, jobs, clock } = context
  const row = usableVolume(library, input.volumeId)
  const write = writeTo(jobs, row.id)
  const before = placeInQueue(library, jobs, row, true)
  const description = checkDescription(input.description ?? '')
  const tags = withTags(systemTags, input.tags ?? [])
  const snapshot = beginningOf(library, row, input, write !== undefined)
  const { id, name, sizeBytes } = snapshot
  try {
    const startedAt = startOf(library, [row], clock())
    library.change(() => {
      beginSnapshot(library, snapshot, description, startedAt)
      library.snapshotTags.set(id, row.ownerId, tags)
    })
    const jobId = jobs.start(
      {
        kind: 'snapshot',
        title: `Snapshot ${name} of ${row.name}${write === undefined ? '' : `, after: ${write.title}`}`,
        volumeId: row.id,
        snapshotId: id,
        totalBytes: sizeBytes,
      },
      async (job) => {
        try {
          if (write !== undefined) await untilWritten(context, row.id, job.signal)
          for (const other of before) await jobs.after(other, job.signal)
          await context.gate.share(job.signal, () => run(context, snapshot, input, job))
          return { kind: 'snapshot', snapshotId: id }
        } catch (error) {
          giveUp(context, id, error)
          throw error
        } finally {
          closeSnapshot(library, snapshot)
          endLeaving(context, snapshot)
        }
      },
    )
    return { jobId, snapshotId: id }
  } catch (error) {
    closeSnapshot(library, snapshot)
    throw error
  }
}

async function run(
  context: Context,
  snapshot: BegunSnapshot,
  wish: Wish,
  job: JobHandle,
): Promise<void> {
  const { library } = context
  const scanned = await scanSnapshot(context, snapshot, job)
  try {
    job.signal.throwIfAborted()
    assertStill(snapshot)
    library.change(() => complete(context, snapshot, wish, scanned))
  } catch (error) {
    removeScanned(error, library, [scanned])
    throw error
  }
  settleMoment(library, snapshot)
}

function complete(
  { library, clock }: Context,
  snapshot: BegunSnapshot,
  { description, tags = [] }: Wish,
  scanned: Scanned,
): void {
  const { row, name, image } = snapshot
  const isElsewhere = row.kind === 'linked' && library.volumeRow(row.id).sourcePath !== image.path
  const newState = isElsewhere ? ['--from', image.path] : []
  const at = clock()
  const storedDeltaBytes = completeSnapshot(library, snapshot, scanned, at)
  library.history.add({
    at,
    title: `Took snapshot ${show(name)} of ${show(row.name)}`,
    command: commandOf(
      library,
      ...['snapshot', 'create', wordFor(library, row), '--name', name],
      ...optionOf('--description', description),
      ...newState,
      ...tags.flatMap(({ key, value }) => ['--tag', `${key}=${value}`]),
    ),
    storedDeltaBytes,
    deletionId: null,
  })
}
