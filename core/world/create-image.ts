import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { ImageId } from '../contract/ids.ts'
import type { ImageMapping } from '../contract/image.ts'
import type { Instance } from '../contract/instance.ts'
import { show } from '../contract/show.ts'
import { commandOf, optionOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'
import type { JobHandle } from '../engine/jobs.ts'
import { checkDescription } from '../engine/names.ts'
import { assertIdle } from '../engine/usable-volume.ts'
import { DEFAULT_ATTRIBUTES, DEFAULT_VOLUME_TYPE } from './image-defaults.ts'
import { freeImageName } from './images.ts'
import { instanceNamed, instanceWord } from './instances.ts'
import { type BegunSet, beginSet, rowsOf, takeSet } from './snapshot-set.ts'

/**
 * An image of an instance: a set of snapshots of all its volumes, and the image that maps them. Both
 * come to exist in one transaction. Rebooting means that what is being written is waited for, and
 * nothing new begins; without it, a volume that is being written to is refused.
 */
export function createImage(context: Context, input: Input<'createImage'>): Output<'createImage'> {
  const { library, jobs } = context
  const instance = instanceNamed(library, input.instanceId)
  const name = freeImageName(library, input.name, instance.region)
  const description = checkDescription(input.description ?? '')
  const rows = rowsOf(library, instance, instance.attachments)
  if (input.noReboot) for (const row of rows) assertIdle(jobs, row)
  const imageId = newId(ImageId, 'ami')
  const volumeIds = rows.map(({ id }) => id)
  const before = volumeIds.flatMap((id) => jobs.on(id))
  const title = `Image ${name} of ${instance.name}`
  const jobId = jobs.start({ kind: 'image', title, volumeIds }, async (job) => {
    for (const other of before) await jobs.after(other.jobId, job.signal)
    const set = begin(context, instance, imageId, job)
    await takeSet(context, set, job, [], (at, storedDeltaBytes) => {
      assertKept(context, set)
      library.images.insert(
        {
          id: imageId,
          ownerId: instance.ownerId,
          // Asked anew: while this waited, another image may have taken it.
          name: freeImageName(library, name, instance.region),
          description,
          region: instance.region,
          ...DEFAULT_ATTRIBUTES,
          consistency: input.noReboot ? 'crash-consistent' : 'rebooted',
          createdAt: at,
          instanceId: instance.instanceId,
          copiedFrom: null,
        },
        mappingsOf(instance, set),
      )
      library.history.add({
        at,
        title: `Created image ${show(name)} of ${show(instance.name)}`,
        command: commandOf(
          library,
          ...['image', 'create', instanceWord(library, instance), '--name', name],
          ...optionOf('--description', input.description),
          ...(input.noReboot ? ['--no-reboot'] : []),
        ),
        storedDeltaBytes,
        deletionId: null,
      })
    })
    return { kind: 'image', imageId }
  })
  return { jobId, imageId }
}

function begin(context: Context, instance: Instance, imageId: ImageId, job: JobHandle): BegunSet {
  job.signal.throwIfAborted()
  // Asked anew: what was waited for may have changed the volumes.
  const rows = rowsOf(context.library, instance, instance.attachments)
  const description = `Created by CreateImage(${instance.instanceId}) for ${imageId}`
  return beginSet(context, instance, rows, { description })
}

/** A member may have been deleted while it was pending: what is to be mapped has to stay. */
function assertKept({ library }: Context, { members }: BegunSet): void {
  for (const { id } of members) {
    if (library.snapshotRows().get(id)!.deletionId === null) continue
    throw new StrataError('InvalidSnapshot.NotFound', { snapshot: id })
  }
}

/** The members of a set are in the order of the attachments. */
function mappingsOf({ attachments }: Instance, { members }: BegunSet): ImageMapping[] {
  return attachments.map(({ deviceName, isRoot, deleteOnTermination }, i) => ({
    deviceName,
    snapshotId: members[i]!.id,
    sizeBytes: members[i]!.sizeBytes,
    volumeType: DEFAULT_VOLUME_TYPE,
    deleteOnTermination,
    isRoot,
  }))
}
