import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Instance } from '../../core/contract/instance.ts'
import type { LibraryView, Volume } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { volumeById } from '../state/tree.ts'
import { joinNames } from '../words/names.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { DATA_DEVICES, ROOT_DEVICE } from './device-names.ts'
import { InstanceFields, instanceOf, newInstance } from './InstanceFields.tsx'
import { Sheet } from './Sheet.tsx'

/** A machine as far as snapshots need one: volumes that belong together. */
export function NewInstanceDialog({ library }: { library: LibraryView }) {
  const create = useApp((state) => state.createInstance)
  const taken = library.instances.map((one) => one.name)
  const [typed, setTyped] = useState(() => newInstance('web', taken))
  const wanted = instanceOf(typed)
  return (
    <Sheet
      canSubmit={wanted !== null}
      onSubmit={() => wanted !== null && void create(wanted)}
      submit="Create"
      title="Create an instance"
    >
      <p className="sec">
        Volumes that belong together, as on a machine. They are snapshotted at one moment, and
        images are made of them, without their type, security groups and key pair.
      </p>
      <InstanceFields label="Name" onWanted={setTyped} wanted={typed} />
    </Sheet>
  )
}

/** At which device of which instance a volume is put. */
export function AttachDialog({ library, volume }: { library: LibraryView; volume: Volume }) {
  const attach = useApp((state) => state.attachVolume)
  const shown = useApp((state) => state.shownMachine)
  const instances = library.instances.filter(({ region }) => region === volume.region)
  const [chosen, setChosen] = useState<string>(
    instances.find(({ instanceId }) => instanceId === shown?.id)?.instanceId ??
      instances[0]?.instanceId ??
      '',
  )
  const instance = instances.find(({ instanceId }) => instanceId === chosen)
  const hasRoot = instance?.attachments.some((one) => one.isRoot) === true
  const [wantsRoot, setWantsRoot] = useState(true)
  const isRoot = wantsRoot && !hasRoot
  const [typed, setTyped] = useState<string | null>(null)
  const device = typed ?? freeDevice(instance, isRoot)
  return (
    <Sheet
      canSubmit={instance !== undefined && device.trim() !== ''}
      onSubmit={() => {
        if (instance === undefined) return
        const { instanceId } = instance
        const deviceName = device.trim()
        void attach({ instanceId, volumeId: volume.volumeId, deviceName, isRoot })
      }}
      submit="Attach"
      title={`Attach ${volume.name}`}
    >
      <NativeSelect
        data={instances.map(({ instanceId, name }) => ({ value: instanceId, label: name }))}
        label="Instance"
        onChange={(event) => setChosen(event.currentTarget.value)}
        value={chosen}
      />
      <Checkbox
        checked={isRoot}
        description={hasRoot ? 'The instance has a root already' : 'The volume it boots from'}
        disabled={hasRoot}
        label="Root"
        onChange={(event) => setWantsRoot(event.currentTarget.checked)}
      />
      <TextInput
        label="Device name"
        onChange={(event) => setTyped(event.currentTarget.value)}
        value={device}
      />
    </Sheet>
  )
}

function freeDevice(instance: Instance | undefined, isRoot: boolean): string {
  const taken = new Set<string>(instance?.attachments.map((one) => one.deviceName))
  return (isRoot ? [ROOT_DEVICE] : DATA_DEVICES).find((device) => !taken.has(device)) ?? ''
}

/** Some volumes go with their instance, the others and every snapshot stay. */
export function RemoveInstanceDialog(props: { library: LibraryView; instance: Instance }) {
  const { library, instance } = props
  const remove = useApp((state) => state.removeInstance)
  const nameOf = (going: boolean) =>
    instance.attachments
      .filter((one) => one.deleteOnTermination === going)
      .map(({ volumeId }) => volumeById(library, volumeId)?.name ?? volumeId)
  const [going, staying] = [nameOf(true), nameOf(false)]
  return (
    <ConfirmDialog
      loss={
        going.length === 0
          ? null
          : `What was written to ${joinNames(going)} since the last snapshot is lost for good.`
      }
      onConfirm={() => remove(instance.instanceId)}
      submit="Terminate"
      title={`Terminate ${instance.name}?`}
    >
      {staying.length > 0 && `${joinNames(staying)} will be detached. `}
      Snapshots and images stay.
    </ConfirmDialog>
  )
}
