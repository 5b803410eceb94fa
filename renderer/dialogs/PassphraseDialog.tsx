import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useApp } from '../state/context.ts'
import { Sheet } from './Sheet.tsx'

/** As the engine wants it at the least. */
const LEAST_LENGTH = 8

/** Asks for the passphrase that opens the keys of the library. */
export function UnlockDialog() {
  const unlock = useApp((state) => state.unlockKeys)
  const [typed, setTyped] = useState('')
  return (
    <Sheet
      canSubmit={typed !== ''}
      onSubmit={() => void unlock(typed)}
      submit="Unlock"
      title="Unlock keys"
    >
      <p className="sec">What is encrypted can be read and written until the library is closed.</p>
      <PasswordInput
        autoComplete="off"
        data-autofocus
        label="Passphrase"
        onChange={(event) => setTyped(event.currentTarget.value)}
        value={typed}
      />
    </Sheet>
  )
}

/** Asks for a new passphrase, twice: nobody can tell it to whoever mistyped it. */
export function NewPassphraseDialog() {
  const set = useApp((state) => state.setPassphrase)
  const [typed, setTyped] = useState('')
  const [again, setAgain] = useState('')
  const differs = again !== '' && again !== typed
  return (
    <Sheet
      canSubmit={typed.length >= LEAST_LENGTH && again === typed}
      onSubmit={() => void set(typed)}
      submit="Set passphrase"
      title="Set a passphrase for keys"
    >
      <p className="sec">
        It opens the keys of this library. It is kept nowhere: whoever loses it loses what they
        encrypt.
      </p>
      <PasswordInput
        autoComplete="off"
        data-autofocus
        description={`At least ${LEAST_LENGTH} characters; several words are best.`}
        label="Passphrase"
        onChange={(event) => setTyped(event.currentTarget.value)}
        value={typed}
      />
      <PasswordInput
        autoComplete="off"
        error={differs ? 'That is another one.' : null}
        label="The same again"
        onChange={(event) => setAgain(event.currentTarget.value)}
        value={again}
      />
    </Sheet>
  )
}
