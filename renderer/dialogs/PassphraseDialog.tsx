import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
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
      <WithoutPassphrase />
    </Sheet>
  )
}

/** The other way in, where there is one. */
function WithoutPassphrase() {
  const vault = useApp((state) => state.keys?.vault)
  const dialog = useApp((state) => state.dialog)
  const openDialog = useApp((state) => state.openDialog)
  if (vault === undefined || vault.recoveryKeyMadeAt === null) return null
  const back = 'back' in dialog ? dialog.back : undefined
  return (
    <p className="sheet-aside">
      Lost it?
      <Button onClick={() => openDialog({ kind: 'recoverKeys', ...(back && { back }) })}>
        Use the recovery key instead…
      </Button>
    </p>
  )
}

/** Asks for a new passphrase. */
export function NewPassphraseDialog() {
  const set = useApp((state) => state.setPassphrase)
  const [passphrase, setPassphrase] = useState<string | null>(null)
  return (
    <Sheet
      canSubmit={passphrase !== null}
      onSubmit={() => passphrase !== null && void set(passphrase)}
      submit="Set passphrase"
      title="Set a passphrase for keys"
    >
      <p className="sec">
        It opens the keys of this library. It is kept nowhere: whoever loses it, and has no recovery
        key, loses what they encrypt.
      </p>
      <TwicePassphrase isFirst label="Passphrase" onPassphrase={setPassphrase} />
    </Sheet>
  )
}

type TwiceProps = {
  label: string
  /** It is what is typed first. */
  isFirst?: boolean
  /** null: it is too short, or was not typed twice yet. */
  onPassphrase: (passphrase: string | null) => void
}

/** A new passphrase, twice: nobody can tell it to whoever mistyped it. */
export function TwicePassphrase({ label, isFirst = false, onPassphrase }: TwiceProps) {
  const [typed, setTyped] = useState('')
  const [again, setAgain] = useState('')
  const differs = again !== '' && again !== typed
  const tell = (one: string, other: string) =>
    onPassphrase(one.length >= LEAST_LENGTH && one === other ? one : null)
  return (
    <>
      <PasswordInput
        autoComplete="off"
        data-autofocus={isFirst || undefined}
        description={`At least ${LEAST_LENGTH} characters; several words are best.`}
        label={label}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value)
          tell(currentTarget.value, again)
        }}
        value={typed}
      />
      <PasswordInput
        autoComplete="off"
        error={differs ? 'That is another one.' : null}
        label="The same again"
        onChange={({ currentTarget }) => {
          setAgain(currentTarget.value)
          tell(typed, currentTarget.value)
        }}
        value={again}
      />
    </>
  )
}
