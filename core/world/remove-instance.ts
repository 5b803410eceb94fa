import type { Input, Output } from '../contract/calls.ts'
import type { VolumeId } from '../contract/ids.ts'
import { show } from '../contract/show.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { letGoOf } from '../engine/keys-in-use.ts'
import { removeVolumes } from '../engine/remove-volume.ts'
import { assertUnheld } from '../engine/usable-volume.ts'
import { instanceNamed, instanceWord } from './instances.ts'

/**
 * Terminates it, with the volumes that were attached to go with it; those that pending snapshots need go
 * after them. No snapshot is touched.
 */
export function removeInstance(
  context: Context,
  { instanceId }: Input<'removeInstance'>,
): Output<'removeInstance'> {
  const { library, jobs, clock } = context
  const instance = instanceNamed(library, instanceId)
  const { name, attachments } = instance
  const attached = attachments.map(({ volumeId }) => library.volumeRow(volumeId))
  for (const row of attached) assertUnheld(jobs, row)
  const going = attachments.filter(({ deleteOnTermination }) => deleteOnTermination)
  const staying = attachments.filter(({ deleteOnTermination }) => !deleteOnTermination)
  const rows = going.map(({ volumeId }) => library.volumeRow(volumeId))
  const removedVolumeIds: VolumeId[] = []
  removeVolumes(context, rows, (gone) => {
    removedVolumeIds.push(...gone.map(({ id }) => id))
    library.instances.remove(instanceId)
    library.history.add({
      at: clock(),
      title: `Terminated instance ${show(name)}`,
      command: commandOf(library, 'instance', 'rm', instanceWord(library, instance)),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
  for (const row of attached) letGoOf(library, row)
  return {
    instanceId,
    removedVolumeIds,
    leavingVolumeIds: rows.map(({ id }) => id).filter((id) => !removedVolumeIds.includes(id)),
    detachedVolumeIds: staying.map(({ volumeId }) => volumeId),
  }
}
