import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { type Attachment, type Instance, MAX_EXCLUDED } from '../contract/instance.ts'
import { show } from '../contract/show.ts'
import { commandOf, optionOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { checkDescription } from '../engine/names.ts'
import { placeInQueue } from '../engine/pending-snapshots.ts'
import { instanceNamed, instanceWord } from './instances.ts'
import { beginSet, rowsOf, takeSet } from './snapshot-set.ts'

/**
 * A crash-consistent set: a snapshot of each volume of an instance, or of some of them, as they are
 * at one moment.
 */
export function createSnapshots(
  context: Context,
  input: Input<'createSnapshots'>,
): Output<'createSnapshots'> {
  const { library, jobs } = context
  const instance = instanceNamed(library, input.instanceId)
  const rows = rowsOf(library, instance, wantedOf(context, instance, input))
  const before = rows.flatMap((row) => placeInQueue(library, jobs, row))
  const set = beginSet(context, instance, rows, {
    name: input.name,
    description: checkDescription(input.description ?? ''),
  })
  const snapshotIds = set.members.map(({ id }) => id)
  const title = `Snapshots of the volumes of ${instance.name}`
  const volumeIds = rows.map(({ id }) => id)
  const jobId = jobs.start({ kind: 'snapshot', title, volumeIds }, async (job) => {
    await takeSet(context, set, job, before, (at, storedDeltaBytes) =>
      library.history.add({
        at,
        title: `Took snapshots of ${volumesOf(rows.length)} of ${show(instance.name)}`,
        command: commandOf(
          library,
          ...['instance', 'snapshot', instanceWord(library, instance), ...exclusionOptions(input)],
          ...optionOf('--name', input.name),
          ...optionOf('--description', input.description),
        ),
        storedDeltaBytes,
        deletionId: null,
      }),
    )
    return { kind: 'snapshots', snapshotIds }
  })
  return { jobId, snapshotIds, startedAt: set.startedAt }
}

const volumesOf = (count: number) => `${count} ${count === 1 ? 'volume' : 'volumes'}`

function exclusionOptions({
  excludeBoot,
  excludeVolumeIds,
}: Input<'createSnapshots'>): readonly string[] {
  return [
    ...(excludeBoot ? ['--exclude-boot'] : []),
    ...excludeVolumeIds.flatMap((id) => ['--exclude', id]),
  ]
}

/** @throws StrataError EXCLUSION_REFUSED */
function wantedOf(
  { library }: Context,
  { name, attachments }: Instance,
  { excludeBoot, excludeVolumeIds }: Input<'createSnapshots'>,
): Attachment[] {
  const excluded = new Set(excludeVolumeIds)
  const refuse = (problem: string) => new StrataError('EXCLUSION_REFUSED', { problem })
  if (excluded.size > MAX_EXCLUDED) {
    throw refuse(`${excluded.size} volumes are to be left out, more than ${MAX_EXCLUDED}.`)
  }
  for (const id of excluded) {
    const volume = show(library.volumeRow(id).name)
    const attachment = attachments.find(({ volumeId }) => volumeId === id)
    if (attachment === undefined) throw refuse(`${volume} is not attached to ${show(name)}.`)
    // EBS has a switch of its own for it, and refuses it here.
    if (attachment.isRoot) throw refuse(`${volume} is the root of ${show(name)}, no data volume.`)
  }
  return attachments.filter(
    ({ volumeId, isRoot }) => !excluded.has(volumeId) && !(isRoot && excludeBoot),
  )
}
