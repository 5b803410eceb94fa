import { NativeSelect, TextInput } from '@mantine/core'
import { X } from 'lucide-react'
import type { Input } from '../../core/contract/calls.ts'
import { SnapshotId } from '../../core/contract/ids.ts'
import { Button } from '../ui/Button.tsx'
import { parseBytes } from '../words/byte-format.ts'
import { sizeProblem } from '../words/volume-words.ts'

/** A data volume of an image to be, as it is typed. */
export type WantedDevice = {
  readonly key: number
  readonly deviceName: string
  /** A snapshot's id; empty: an empty volume of that size. */
  readonly from: string
  readonly size: string
}

type Props = {
  device: WantedDevice
  snapshots: readonly { value: string; label: string }[]
  onChange: (device: WantedDevice) => void
  onRemove: () => void
}

export function DeviceRow({ device, snapshots, onChange, onRemove }: Props) {
  const { deviceName, from, size } = device
  return (
    <div className="device-row">
      <TextInput
        label="Device"
        onChange={(event) => onChange({ ...device, deviceName: event.currentTarget.value })}
        value={deviceName}
      />
      <NativeSelect
        data={[{ value: '', label: 'An empty volume' }, ...snapshots]}
        label="Made from"
        onChange={(event) => onChange({ ...device, from: event.currentTarget.value })}
        value={from}
      />
      {from === '' && (
        <TextInput
          error={sizeProblem(parseBytes(size))}
          label="Size"
          onChange={(event) => onChange({ ...device, size: event.currentTarget.value })}
          value={size}
        />
      )}
      <Button
        aria-label={`Remove ${deviceName}`}
        icon={<X size={16} />}
        onClick={onRemove}
        tone="ghost"
      />
    </div>
  )
}

/** What the engine is asked for; null: not yet what it takes. */
export function mappingOf(device: WantedDevice): Input<'registerImage'>['mappings'][number] | null {
  const deviceName = device.deviceName.trim()
  if (deviceName === '') return null
  if (device.from !== '') return { deviceName, snapshotId: SnapshotId.parse(device.from) }
  const sizeBytes = parseBytes(device.size)
  if (sizeBytes === null || sizeProblem(sizeBytes) !== null) return null
  return { deviceName, sizeBytes }
}
