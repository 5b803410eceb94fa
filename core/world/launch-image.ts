import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { VolumeId } from '../contract/ids.ts'
import type { Image, ImageMapping } from '../contract/image.ts'
import type { DeviceName } from '../contract/instance.ts'
import { show } from '../contract/show.ts'
import { differentSizes } from '../contract/size-text.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import {
  addManaged,
  assertSize,
  managedRow,
  sealOfNew,
  volumeNames,
} from '../engine/create-volume.ts'
import { chosenForVolume, type EncryptionWish } from '../engine/encryption-choice.ts'
import type { JobHandle } from '../engine/jobs.ts'
import { assertAttachable } from '../engine/keys-in-use.ts'
import type { Library } from '../engine/library.ts'
import { freeName } from '../engine/names.ts'
import { removeVolumes } from '../engine/remove-volume.ts'
import { deviceNamed } from './attach-volume.ts'
import { createVolumeFromSnapshot } from './fast-restored-volume.ts'
import { imageNamed } from './images.ts'
import { freeInstanceName, instanceRow, launchOptions, launchParameters } from './instances.ts'
import { joined } from './joined-job.ts'

/** A volume of its own for each device of an image, and an instance that they are attached to. */
export function launchImage(context: Context, input: Input<'launchImage'>): Output<'launchImage'> {
  const { library, jobs } = context
  const image = imageNamed(library, input.imageId)
  const name = freeInstanceName(library, input.name)
  const parameters = launchParameters(input)
  const devices = devicesOf(library, image, input)
  const jobId = jobs.start({ kind: 'launch', title: `Launch of ${name}` }, async (job) => {
    const volumeIds: VolumeId[] = []
    try {
      for (const device of devices) {
        volumeIds.push(await volumeFor(context, image, device, name, job))
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
        for (const [i, { deviceName, isRoot, deleteOnTermination }] of devices.entries()) {
          const attachment = { deviceName, isRoot, deleteOnTermination }
          const volumeId = volumeIds[i]!
          library.instances.attach({ instanceId: instance.id, volumeId, ...attachment })
        }
        library.history.add({
          at: instance.createdAt,
          title: `Launched ${show(name)} from image ${show(image.name)}`,
          command: commandOf(library, 'image', 'launch', image.imageId, ...optionsOf(input, name)),
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
  { deviceName, snapshotId, sizeBytes, wish }: Device,
  instance: string,
  job: JobHandle,
): Promise<VolumeId> {
  const { library, jobs, clock } = context
  const device = deviceName.replace('/dev/', '')
  const name = freeName(`${instance} ${device}`, volumeNames(library))
  if (snapshotId === null) {
    const row = { ...managedRow(library, name, sizeBytes, clock()), region }
    const seal = await sealOfNew(context, row, wish)
    addManaged(library, row, seal, () => library.volumes.begin(row))
    return row.id
  }
  // Who may launch an image need not have its snapshots shared.
  const { jobId, volumeId } = library.asker.lending([snapshotId], () =>
    createVolumeFromSnapshot(context, { snapshotId, name, sizeBytes, ...wish }, (row) =>
      library.volumes.begin(row),
    ),
  )
  // A volume that loads is usable at once, an encrypted one once its keys are open; one for a
  // credit is there once all of it is.
  if (!library.volumeRows().has(volumeId)) await joined(jobs, job, jobId, 'volume')
  return volumeId
}

/** A mapping of the image, as this launch wants it. */
type Device = ImageMapping & { readonly wish: EncryptionWish }
type Wanted = Pick<Input<'launchImage'>, 'sizes' | 'encryption'>

/**
 * What will be made at each device. All that can be refused is refused before anything is made.
 *
 * @throws StrataError SIZE_REFUSED, InvalidBlockDeviceMapping, or as `chosenForVolume`
 */
function devicesOf(library: Library, image: Image, { sizes, encryption = [] }: Wanted): Device[] {
  const sizeOf = byDevice(image, sizes)
  const wishOf = byDevice(image, encryption)
  return image.mappings.map((mapping) => {
    const { deviceName, snapshotId } = mapping
    const source = snapshotId === null ? null : library.snapshotRows().get(snapshotId)!
    const sizeBytes = sizeOf.get(deviceName)?.sizeBytes ?? mapping.sizeBytes
    assertSize(sizeBytes)
    if (source !== null) assertHolds(sizeBytes, source)
    const { encrypted, key } = wishOf.get(deviceName) ?? {}
    const wish = { encrypted, key }
    const choice = chosenForVolume(library, source, wish, image.region)
    if (choice.kind !== 'plain') library.keyring.assertOpenable()
    return { ...mapping, sizeBytes, wish }
  })
}

/** @throws StrataError InvalidBlockDeviceMapping for a device that the image does not have */
function byDevice<T extends { deviceName: string }>(
  { mappings }: Image,
  wishes: readonly T[],
): Map<DeviceName, T> {
  const wanted = new Map(wishes.map((wish) => [deviceNamed(wish.deviceName), wish]))
  for (const device of wanted.keys()) {
    if (mappings.some(({ deviceName }) => deviceName === device)) continue
    const problem = `The image maps nothing to ${device}.`
    throw new StrataError('InvalidBlockDeviceMapping', { problem })
  }
  return wanted
}

/** EC2's words, its two blanks too. @throws StrataError InvalidBlockDeviceMapping */
function assertHolds(sizeBytes: number, { id, volumeSizeBytes }: SnapshotRow): void {
  if (sizeBytes >= volumeSizeBytes) return
  const [size, least] = differentSizes(sizeBytes, volumeSizeBytes)
  throw new StrataError('InvalidBlockDeviceMapping', {
    problem: `Volume of size ${size} is smaller than  snapshot '${id}', expect size >= ${least}`,
  })
}

/** As a command line says what differs from the image. */
function optionsOf(input: Input<'launchImage'>, name: string): string[] {
  const { sizes, encryption = [] } = input
  const keys = encryption.filter(({ key }) => key !== undefined)
  return [
    ...['--name', name],
    ...launchOptions(input),
    ...sizes.flatMap(({ deviceName, sizeBytes }) => ['--size', `${deviceName}=${sizeBytes}`]),
    ...encryption
      .filter(({ encrypted }) => encrypted === true)
      .flatMap(({ deviceName }) => ['--encrypted', deviceName]),
    ...keys.flatMap(({ deviceName, key }) => ['--key', `${deviceName}=${key}`]),
  ]
}
