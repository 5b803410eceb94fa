import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useApp } from '../state/context.ts'
import { NameInput } from './NameInput.tsx'
import { Sheet } from './Sheet.tsx'

/** A key that Strata makes, or one whose material is kept by whoever makes it. */
export function NewKeyDialog({ region }: { region: string }) {
  const create = useApp((state) => state.createKey)
  const [name, setName] = useState('')
  const [isImported, setIsImported] = useState(false)
  return (
    <Sheet
      canSubmit={name.trim() !== ''}
      onSubmit={() => void create(name.trim(), isImported)}
      submit={isImported ? 'Make key, choose file…' : 'Make key'}
      title="New key"
    >
      <p className="sec">
        A key of its own for {region}: what it encrypts can be closed off by disabling it.
      </p>
      <NameInput isFirst label="Name of the key" name={name} onName={setName} />
      <Checkbox
        checked={isImported}
        description="A file of 32 random bytes that you keep. It can be taken away and brought again; whoever loses it meanwhile loses what the key encrypts."
        label="Its material comes from a file"
        onChange={(event) => setIsImported(event.currentTarget.checked)}
      />
    </Sheet>
  )
}
