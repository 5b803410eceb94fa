import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { VolumeId } from '../contract/ids.ts'
import { DeviceName, type Instance } from '../contract/instance.ts'
import type { Volume } from '../contract/model.ts'
import { show } from '../contract/show.ts'
import { wordFor } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { assertAttachable, letGoOf } from '../engine/keys-in-use.ts'
import type { Library } from '../engine/library.ts'
import { removeVolume } from '../engine/remove-volume.ts'
import { toldChange } from '../engine/told-change.ts'
import { assertNotComing, assertUnheld, usableVolume } from '../engine/usable-volume.ts'
import { instanceNamed, instanceWith, instanceWord } from './instances.ts'

/**
 * Puts a volume on an instance of its region, under a device name that is free there. That its key keeps
 * it from that is told as an event as well.
 */
export function attachVolume(context: Context, input: Input<'attachVolume'>): Instance {
  const { library } = context
  const instance = instanceNamed(library, input.instanceId)
  const volume = usableVolume(library, input.volumeId)
  if (volume.ownerId !== instance.ownerId) {
    throw new StrataError('InvalidVolume.NotFound', { volume: input.volumeId })
  }
  assertDetached(library, volume.id)
  assertNotComing(library, volume)
  if (volume.region !== instance.region) {
    throw new StrataError('VOLUME_ELSEWHERE', {
      volume: volume.name,
      region: volume.region,
      instance: instance.name,
      instanceRegion: instance.region,
    })
  }
  const deviceName = deviceNamed(input.deviceName)
  assertFree(library, instance, deviceName, input.isRoot)
  assertAttachable(context, volume)
  const { isRoot, deleteOnTermination = isRoot } = input
  const title = `Attached ${show(volume.name)} to ${show(instance.name)} as ${deviceName}`
  const words = [
    ...[instanceWord(library, instance), wordFor(library, volume), deviceName],
    ...(isRoot ? ['--root'] : []),
    ...(deleteOnTermination && !isRoot ? ['--delete-on-termination'] : []),
  ]
  toldChange(context, { title, command: ['instance', 'attach', ...words] }, () =>
    library.instances.attach({
      instanceId: instance.instanceId,
      volumeId: volume.id,
      deviceName,
      isRoot,
      deleteOnTermination,
    }),
  )
  return instanceNamed(library, instance.instanceId)
}

/** @throws StrataError VOLUME_NOT_ATTACHED, VOLUME_BUSY */
export function detachVolume(context: Context, { volumeId }: Input<'detachVolume'>): Instance {
  const { library, jobs } = context
  const volume = library.volumeRow(volumeId)
  const instance = instanceWith(library, volumeId)
  if (instance === undefined) throw new StrataError('VOLUME_NOT_ATTACHED', { volume: volume.name })
  assertUnheld(jobs, volume)
  const title = `Detached ${show(volume.name)} from ${show(instance.name)}`
  toldChange(context, { title, command: ['instance', 'detach', wordFor(library, volume)] }, () =>
    library.instances.detach(volumeId),
  )
  letGoOf(library, volume)
  return instanceNamed(library, instance.instanceId)
}

/** A volume that is on an instance stays until it is taken off. @throws StrataError VolumeInUse */
export function removeFreeVolume(context: Context, input: Input<'removeVolume'>): Volume {
  assertDetached(context.library, input.volumeId)
  return removeVolume(context, input)
}

function assertDetached(library: Library, volumeId: VolumeId): void {
  const instance = instanceWith(library, volumeId)
  if (instance === undefined) return
  throw new StrataError('VolumeInUse', { volumeId, instanceId: instance.instanceId })
}

/** @throws StrataError DEVICE_REFUSED */
export function deviceNamed(text: string): DeviceName {
  const parsed = DeviceName.safeParse(text)
  if (!parsed.success) throw new StrataError('DEVICE_REFUSED', { device: text })
  return parsed.data
}

function assertFree(
  library: Library,
  { name, attachments }: Instance,
  deviceName: DeviceName,
  isRoot: boolean,
): void {
  if (attachments.some((attachment) => attachment.deviceName === deviceName)) {
    throw new StrataError('DEVICE_IN_USE', { device: deviceName, instance: name })
  }
  const root = attachments.find((attachment) => attachment.isRoot)
  if (isRoot && root !== undefined) {
    const volume = library.volumeRow(root.volumeId).name
    throw new StrataError('ROOT_IN_USE', { instance: name, volume })
  }
}
