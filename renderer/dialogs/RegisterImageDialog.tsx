import { NativeSelect, TextInput } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Input } from '../../core/contract/calls.ts'
import { ImageAttributes } from '../../core/contract/image.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { canBeMapped } from '../state/tiers.ts'
import { volumeById } from '../state/tree.ts'
import { Button } from '../ui/Button.tsx'
import { isImageName } from '../words/image-words.ts'
import { freeName } from '../words/names.ts'
import { DeviceRow, mappingOf, type WantedDevice } from './DeviceRow.tsx'
import { DATA_DEVICES, ROOT_DEVICE } from './device-names.ts'
import { ImageNameInput } from './ImageNameInput.tsx'
import { Sheet } from './Sheet.tsx'

const ARCHITECTURES = ImageAttributes.shape.architecture.options
const BOOT_MODES = ImageAttributes.shape.bootMode.options

/** An image of snapshots that are there, the chosen one at its root. */
export function RegisterImageDialog(props: { library: LibraryView; root: Snapshot }) {
  const { library, root } = props
  const register = useApp((state) => state.registerImage)
  const [name, setName] = useState(() => nameFor(library, root))
  const [rootDeviceName, setRootDevice] = useState(ROOT_DEVICE)
  const [architecture, setArchitecture] = useState(ARCHITECTURES[0])
  const [bootMode, setBootMode] = useState<(typeof BOOT_MODES)[number]>('uefi-preferred')
  const [devices, setDevices] = useState<readonly WantedDevice[]>([])
  const mapped = devices.map(mappingOf)
  const canSubmit = isImageName(name) && rootDeviceName.trim() !== '' && !mapped.includes(null)
  const submit = () => {
    const data = mapped.filter((mapping) => mapping !== null)
    const deviceName = rootDeviceName.trim()
    const mappings: Input<'registerImage'>['mappings'] = [
      { deviceName, snapshotId: root.snapshotId },
      ...data,
    ]
    void register({
      name: name.trim(),
      rootDeviceName: deviceName,
      mappings,
      architecture,
      bootMode,
    })
  }
  const add = () => {
    const taken = new Set(devices.map((device) => device.deviceName))
    const deviceName = DATA_DEVICES.find((device) => !taken.has(device)) ?? ''
    setDevices([...devices, { key: nextKey(devices), deviceName, from: '', size: '10 GiB' }])
  }
  return (
    <Sheet
      canSubmit={canSubmit}
      onSubmit={submit}
      size={560}
      submit="Register"
      title={`Register an image of ${root.name}`}
    >
      <p className="sec">
        What is launched boots from a volume of {root.name}. It is kept until the image is
        deregistered, and so is every other snapshot that is added.
      </p>
      <ImageNameInput isFirst name={name} onName={setName} />
      <div className="sheet-triple">
        <TextInput
          label="Root device"
          onChange={(event) => setRootDevice(event.currentTarget.value)}
          value={rootDeviceName}
        />
        <NativeSelect
          data={ARCHITECTURES.map((value) => ({ value, label: value }))}
          label="Architecture"
          onChange={(event) =>
            setArchitecture(ImageAttributes.shape.architecture.parse(event.currentTarget.value))
          }
          value={architecture}
        />
        <NativeSelect
          data={BOOT_MODES.map((value) => ({ value, label: value }))}
          label="Boot mode"
          onChange={(event) =>
            setBootMode(ImageAttributes.shape.bootMode.parse(event.currentTarget.value))
          }
          value={bootMode}
        />
      </div>
      {devices.map((device, index) => (
        <DeviceRow
          device={device}
          key={device.key}
          onChange={(changed) => setDevices(devices.with(index, changed))}
          onRemove={() => setDevices(devices.filter((other) => other !== device))}
          snapshots={choicesFor(library, root)}
        />
      ))}
      <div>
        <Button icon={<Plus size={14} />} onClick={add}>
          Add a data volume
        </Button>
      </div>
    </Sheet>
  )
}

function nameFor(library: LibraryView, { volumeId }: Snapshot): string {
  const volumeName = volumeById(library, volumeId)?.name ?? volumeId
  const allowed = volumeName.replaceAll(/[^\w ()[\]./'@-]/g, '').trim()
  return freeName(
    `${allowed} image`.trim(),
    library.images.map((image) => image.name),
  )
}

/** All of an image lies in one region. */
function choicesFor(library: LibraryView, root: Snapshot) {
  return library.snapshots
    .filter((s) => s.region === root.region && canBeMapped(library, s))
    .map((s) => ({
      value: s.snapshotId,
      label: `${volumeById(library, s.volumeId)?.name ?? s.volumeId} / ${s.name}`,
    }))
}

function nextKey(devices: readonly WantedDevice[]): number {
  return Math.max(0, ...devices.map(({ key }) => key)) + 1
}
