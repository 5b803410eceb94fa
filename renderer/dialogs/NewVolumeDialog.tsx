import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useApp } from '../state/context.ts'
import type { SealWish } from '../state/keys.ts'
import { parseBytes } from '../words/byte-format.ts'
import { freeName } from '../words/names.ts'
import { sizeProblem } from '../words/volume-words.ts'
import { EncryptionFields } from './EncryptionFields.tsx'
import { NameInput } from './NameInput.tsx'
import { Sheet } from './Sheet.tsx'

/** An empty volume to write and take snapshots of. */
export function NewVolumeDialog() {
  const create = useApp((state) => state.createVolume)
  const library = useApp((state) => state.library)
  const [name, setName] = useState(() =>
    freeName('practice', library?.volumes.map((v) => v.name) ?? []),
  )
  const [size, setSize] = useState('10 GiB')
  const [seal, setSeal] = useState<SealWish>({})
  const sizeBytes = parseBytes(size)
  const problem = sizeProblem(sizeBytes)
  return (
    <Sheet
      canSubmit={name.trim() !== '' && problem === null}
      onSubmit={() => void create(name.trim(), sizeBytes ?? 0, seal)}
      submit="Make volume"
      title="New practice volume"
    >
      <p className="sec">
        An empty disk inside the library. Write to cells of it, take snapshots, and see what each
        stores. It takes no room on your disk until real bytes are written, or any where it is
        encrypted.
      </p>
      <NameInput isFirst label="Name" name={name} onName={setName} />
      <TextInput
        description="For example 512 MiB, 15 GiB or 2 TiB"
        error={problem}
        label="Size"
        onChange={(event) => setSize(event.currentTarget.value)}
        value={size}
      />
      <EncryptionFields onWish={setSeal} source={null} wish={seal} />
    </Sheet>
  )
}
