import { Textarea } from '@mantine/core'
import { Check, Save } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Vault } from '../../core/contract/keys.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { formatInstant } from '../words/time-format.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { TwicePassphrase } from './PassphraseDialog.tsx'
import './recovery.css'
import { Sheet } from './Sheet.tsx'

type Props = { vault: Vault; isOffer: boolean }

/** Makes a recovery key, and shows it once. Its text is here alone, and goes when this is closed. */
export function RecoveryKeyDialog({ vault, isOffer }: Props) {
  const [shown, setShown] = useState<string | null>(null)
  if (shown === null) return <AskFirst isOffer={isOffer} onMade={setShown} vault={vault} />
  return <ShownOnce isNewer={vault.recoveryKeyMadeAt !== null} text={shown} />
}

type AskProps = Props & { onMade: (text: string) => void }

function AskFirst({ vault, isOffer, onMade }: AskProps) {
  const create = useApp((state) => state.createRecoveryKey)
  const madeAt = vault.recoveryKeyMadeAt
  return (
    <Sheet
      cancel={isOffer ? 'Not now' : 'Cancel'}
      onSubmit={async () => {
        const text = await create()
        if (text !== null) onMade(text)
      }}
      staysOpen
      submit={madeAt === null ? 'Make recovery key' : 'Make a new one'}
      title={madeAt === null ? 'Make a recovery key?' : 'Make a new recovery key?'}
    >
      <p>
        It opens the keys of this library when the passphrase is lost, and lets you set another one.
      </p>
      <p className="sec">
        {madeAt === null
          ? 'Without it, whoever loses the passphrase loses what they encrypt. It is shown once, to be written down or saved; it can be made later as well, under “Keys…”.'
          : `The one of ${formatInstant(madeAt)} opens them until you say that you have kept the new one, and nothing after that.`}
      </p>
    </Sheet>
  )
}

function ShownOnce({ text, isNewer }: { text: string; isNewer: boolean }) {
  const keep = useApp((state) => state.keepRecoveryKey)
  const close = useApp((state) => state.closeDialog)
  const drop = useApp((state) => state.dropRecoveryKey)
  const save = useApp((state) => state.saveRecoveryKey)
  const [savedTo, setSavedTo] = useState<string | null>(null)
  const [isKeeping, setKeeping] = useState(false)
  const isThere = useIsThere()
  const submit = async () => {
    setKeeping(true)
    const isKept = await keep()
    if (!isThere.current) return
    setKeeping(false)
    if (isKept) close()
  }
  return (
    <Sheet
      canLeave={!isKeeping}
      canSubmit={!isKeeping}
      onCancel={() => void drop()}
      onSubmit={() => void submit()}
      size={480}
      staysOpen
      submit="I have kept it"
      title="Keep this key where you keep paper"
    >
      <p className="sec">
        It is shown this once. Whoever has it and the library can read all that is encrypted, so
        keep it apart from the library.
        {isNewer && ' The older one opens nothing any more once you say that you have kept this.'}
      </p>
      <code className="recovery-key selectable">
        {text.split('-').map((group, at) => (
          <span key={`${at} ${group}`}>{`${group} `}</span>
        ))}
      </code>
      <div className="recovery-ways">
        <CopyButton label="Copy" text={text} />
        <Button
          icon={savedTo === null ? <Save size={14} /> : <Check size={14} />}
          onClick={async () => setSavedTo((await save()) ?? savedTo)}
        >
          Save to a file…
        </Button>
        {savedTo !== null && (
          <span className="sec small ellipsis" role="status" title={savedTo}>
            Saved to {savedTo}
          </span>
        )}
      </div>
    </Sheet>
  )
}

/** Nothing is lost by it today, but perhaps on the day the passphrase is. */
export function RemoveRecoveryKeyDialog({ vault }: { vault: Vault }) {
  const remove = useApp((state) => state.removeRecoveryKey)
  const madeAt = vault.recoveryKeyMadeAt
  if (madeAt === null) return null
  return (
    <ConfirmDialog
      loss="Whoever loses the passphrase then loses what the keys encrypt."
      onConfirm={remove}
      submit="Remove"
      title="Remove the recovery key?"
    >
      The one of {formatInstant(madeAt)} opens nothing any more, wherever it was written down. A new
      one can be made as long as the keys are open.
    </ConfirmDialog>
  )
}

/** The way in for whoever has lost the passphrase. */
export function RecoverDialog() {
  const recover = useApp((state) => state.recoverKeys)
  const close = useApp((state) => state.closeDialog)
  const [typed, setTyped] = useState('')
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const [isAsked, setAsked] = useState(false)
  const [refusal, setRefusal] = useState<WireError | null>(null)
  const isThere = useIsThere()
  const submit = async () => {
    if (passphrase === null) return
    setAsked(true)
    const why = await recover(typed, passphrase)
    if (!isThere.current) return
    setAsked(false)
    if (why === null) close()
    else setRefusal(why)
  }
  return (
    <Sheet
      canSubmit={typed.trim() !== '' && passphrase !== null && !isAsked}
      onSubmit={() => void submit()}
      staysOpen
      submit="Unlock"
      title="Unlock with the recovery key"
    >
      <p className="sec">
        The keys get a new passphrase in place of the one that was lost. The recovery key stays as
        it is.
      </p>
      <Textarea
        autoComplete="off"
        autosize
        classNames={{ input: 'recovery-input' }}
        data-autofocus
        description="14 groups of four letters and digits; case, spaces and dashes do not matter."
        error={refusal !== null && `${refusal.message} ${refusal.remedy}`}
        label="Recovery key"
        maxLength={4_096}
        minRows={2}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setRefusal(null)
        }}
        spellCheck={false}
        value={typed}
      />
      <TwicePassphrase label="New passphrase" onPassphrase={setPassphrase} />
    </Sheet>
  )
}

/** Whether the dialog that asks is still shown: another one may have taken its place meanwhile. */
function useIsThere() {
  const isThere = useRef(true)
  useEffect(() => {
    isThere.current = true
    return () => {
      isThere.current = false
    }
  }, [])
  return isThere
}
