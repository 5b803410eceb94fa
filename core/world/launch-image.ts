import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { VolumeId } from '../contract/ids.ts'
import type { Image, ImageMapping } from '../contract/image.ts'
import { show } from '../contract/show.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import {
  addManaged,
  assertSize,
  managedRow,
  sealOfNew,
  volumeNames,
} from '../engine/create-volume.ts'
import type { JobHandle } from '../engine/jobs.ts'
import { assertAttachable } from '../engine/keys-in-use.ts'
import { freeName } from '../engine/names.ts'
import { removeVolumes } from '../engine/remove-volume.ts'
import { deviceNamed } from './attach-volume.ts'
import { createVolumeFromSnapshot } from './fast-restored-volume.ts'
import { imageNamed } from './images.ts'
import { freeInstanceName, instanceRow, launchParameters } from './instances.ts'
import { joined } from './joined-job.ts'

/** A volume of its own for each device of an image, and an instance that they are attached to. */
export function launchImage(context: Context, input: Input<'launchImage'>): Output<'launchImage'> {
  const { library, jobs } = context
  const image = imageNamed(library, input.imageId)
  const name = freeInstanceName(library, input.name)
  const parameters = launchParameters(input)
  const mappings = enlarged(image, input.sizes)
  const jobId = jobs.start({ kind: 'launch', title: `Launch of ${name}` }, async (job) => {
    const volumeIds: VolumeId[] = []
    try {
      for (const mapping of mappings) {
        volumeIds.push(await volumeFor(context, image, mapping, name, job))
        job.signal.throwIfAborted()
      }
      const instance = {
        ...instanceRow(library, freeInstanceName(library, name), parameters, context.clock()),
        region: image.region,
        imageId: image.imageId,
      }
      for (const id of volumeIds) assertAttachable(context, library.volumeRow(id))
      library.change(() => {
        library.instances.insert(instance)
        for (const id of volumeIds) library.volumes.giveUp(id)
        for (const [i, { deviceName, isRoot, deleteOnTermination }] of mappings.entries()) {
          const attachment = { deviceName, isRoot, deleteOnTermination }
          const volumeId = volumeIds[i]!
          library.instances.attach({ instanceId: instance.id, volumeId, ...attachment })
        }
        library.history.add({
          at: instance.createdAt,
          title: `Launched ${show(name)} from image ${show(image.name)}`,
          command: commandOf('image', 'launch', image.imageId, '--name', name),
          storedDeltaBytes: 0,
          deletionId: null,
        })
      })
      return { kind: 'instance', instanceId: instance.id, volumeIds }
    } catch (error) {
      // The first failure is the one to tell.
      await takeBack(context, volumeIds).catch(() => {})
      throw error
    }
  })
  return { jobId }
}

/** An instance has all of its volumes or there is none. */
async function takeBack(context: Context, volumeIds: readonly VolumeId[]): Promise<void> {
  if (volumeIds.length === 0) return
  const { library, jobs } = context
  const busy = volumeIds.flatMap((id) => jobs.on(id))
  for (const { jobId } of busy) jobs.cancel(jobId)
  await Promise.all(busy.map(({ jobId }) => jobs.ended(jobId)))
  const rows = volumeIds.flatMap((id) => library.volumeRows().get(id) ?? [])
  const there = rows.filter(({ isRemoved }) => !isRemoved)
  const forget = () => volumeIds.forEach((id) => void library.volumes.giveUp(id))
  try {
    removeVolumes(context, there, forget)
  } catch {
    // They stay as volumes like others: if the disk has no room to say so, the next change does.
    library.tellFailures(volumeIds.map((id) => ({ event: null, ended: { kind: 'volume', id } })))
  }
}

/**
 * The one place where a device of an image becomes a volume. It is coming until it is attached: a crash
 * in between leaves none of them.
 */
async function volumeFor(
  context: Context,
  { region }: Image,
  { deviceName, snapshotId, sizeBytes }: ImageMapping,
  instance: string,
  job: JobHandle,
): Promise<VolumeId> {
  const { library, jobs, clock } = context
  const device = deviceName.replace('/dev/', '')
  const name = freeName(`${instance} ${device}`, volumeNames(library))
  if (snapshotId === null) {
    const row = { ...managedRow(library, name, sizeBytes, clock()), region }
    const seal = await sealOfNew(context, row, {})
    addManaged(library, row, seal, () => library.volumes.begin(row))
    return row.id
  }
  // Who may launch an image need not have its snapshots shared.
  const { jobId, volumeId } = library.asker.lending([snapshotId], () =>
    createVolumeFromSnapshot(context, { snapshotId, name, sizeBytes }, (row) =>
      library.volumes.begin(row),
    ),
  )
  // A volume that loads is usable at once, an encrypted one once its keys are open; one that does not,
  // for a credit or under another key than its snapshot's, is there once all of it is.
  if (!library.volumeRows().has(volumeId)) await joined(jobs, job, jobId, 'volume')
  return volumeId
}

/** @throws StrataError SIZE_REFUSED, InvalidBlockDeviceMapping */
function enlarged({ mappings }: Image, sizes: Input<'launchImage'>['sizes']): ImageMapping[] {
  const wanted = new Map(
    sizes.map(({ deviceName, sizeBytes }) => [deviceNamed(deviceName), sizeBytes]),
  )
  for (const device of wanted.keys()) {
    if (mappings.some(({ deviceName }) => deviceName === device)) continue
    const problem = `The image maps nothing to ${device}.`
    throw new StrataError('InvalidBlockDeviceMapping', { problem })
  }
  return mappings.map((mapping) => {
    const sizeBytes = wanted.get(mapping.deviceName) ?? mapping.sizeBytes
    assertSize(sizeBytes, mapping.sizeBytes)
    return { ...mapping, sizeBytes }
  })
}
