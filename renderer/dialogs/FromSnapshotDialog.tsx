import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Snapshot } from '../../core/contract/model.ts'
import { MAX_NAME_LENGTH } from '../../core/contract/units.ts'
import { useApp } from '../state/context.ts'
import type { SealWish } from '../state/keys.ts'
import { EncryptionFields } from './EncryptionFields.tsx'
import { Sheet } from './Sheet.tsx'

/** A volume that reads what a snapshot reads, and can be written. */
export function FromSnapshotDialog({ snapshot }: { snapshot: Snapshot }) {
  const make = useApp((state) => state.volumeFromSnapshot)
  const [name, setName] = useState(`from ${snapshot.name}`)
  const [seal, setSeal] = useState<SealWish>({})
  return (
    <Sheet
      canSubmit={name.trim() !== ''}
      onSubmit={() => void make(snapshot.snapshotId, name.trim(), seal)}
      submit="Make volume"
      title={`New volume from ${snapshot.name}`}
    >
      <p className="sec">
        It reads exactly what {snapshot.name} reads and stores nothing until it is written.
      </p>
      <TextInput
        data-autofocus
        label="Name of the new volume"
        maxLength={MAX_NAME_LENGTH}
        onChange={(event) => setName(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        value={name}
      />
      <EncryptionFields onWish={setSeal} source={snapshot} wish={seal} />
    </Sheet>
  )
}
