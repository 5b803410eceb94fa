import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Key } from '../../core/contract/keys.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import type { Dialog } from '../state/dialogs.ts'
import { dependentsOf, goingOnWords } from '../words/key-words.ts'
import { formatInstant } from '../words/time-format.ts'
import { wholeNumber } from '../words/whole-number.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import { NewKeyDialog } from './NewKeyDialog.tsx'
import { NewPassphraseDialog, UnlockDialog } from './PassphraseDialog.tsx'
import { PublicAccessDialog } from './PublicAccessDialog.tsx'
import { RecoverDialog, RecoveryKeyDialog, RemoveRecoveryKeyDialog } from './RecoveryKeyDialogs.tsx'
import { ShareKeyDialog } from './ShareKeyDialog.tsx'
import { Sheet } from './Sheet.tsx'

const KINDS = [
  'unlockKeys',
  'newPassphrase',
  'recoveryKey',
  'removeRecoveryKey',
  'recoverKeys',
  'keys',
  'newKey',
  'shareKey',
  'removeMaterial',
  'disableKey',
  'deleteKey',
  'importEncrypted',
  'publicAccess',
] as const
export type KeyDialog = Extract<Dialog, { kind: (typeof KINDS)[number] }>

export function isAboutKeys(dialog: Dialog): dialog is KeyDialog {
  return KINDS.some((kind) => kind === dialog.kind)
}

/** What is asked about keys, what they encrypt, and what is public. */
export function KeyDialogs({ dialog, library }: { dialog: KeyDialog; library: LibraryView }) {
  const keys = useApp((state) => state.keys)
  switch (dialog.kind) {
    case 'unlockKeys':
      return <UnlockDialog />
    case 'newPassphrase':
      return <NewPassphraseDialog />
    case 'recoveryKey':
      return keys && <RecoveryKeyDialog isOffer={dialog.isOffer} vault={keys.vault} />
    case 'removeRecoveryKey':
      return keys && <RemoveRecoveryKeyDialog vault={keys.vault} />
    case 'recoverKeys':
      return <RecoverDialog />
    case 'keys':
      return keys && <KeysDialog keys={keys} library={library} />
    case 'newKey':
      return <NewKeyDialog region={keys?.default.region ?? 'this region'} />
    case 'importEncrypted':
      return <ImportDialog files={dialog.files} />
    case 'publicAccess':
      return <PublicAccessDialog library={library} />
    case 'shareKey':
    case 'removeMaterial':
    case 'disableKey':
    case 'deleteKey': {
      const key = keys?.keys.find(({ keyId }) => keyId === dialog.keyId)
      return key === undefined ? null : (
        <OneKeyDialog keyOf={key} kind={dialog.kind} library={library} />
      )
    }
  }
}

type Props = { keyOf: Key; library: LibraryView }
type OneKeyProps = Props & { kind: 'shareKey' | 'removeMaterial' | 'disableKey' | 'deleteKey' }

function OneKeyDialog({ kind, ...about }: OneKeyProps) {
  switch (kind) {
    case 'shareKey':
      return <ShareKeyDialog {...about} />
    case 'removeMaterial':
      return <RemoveMaterialDialog {...about} />
    case 'disableKey':
      return <DisableKeyDialog {...about} />
    case 'deleteKey':
      return <DeleteKeyDialog {...about} />
  }
}

/** Nothing is lost by it as long as the file is kept elsewhere. */
function RemoveMaterialDialog({ keyOf: key, library }: Props) {
  const change = useApp((state) => state.changeKey)
  const dependents = dependentsOf(library, key)
  return (
    <ConfirmDialog
      loss={
        dependents === null
          ? null
          : `Without the file that it came from, nobody can read ${dependents} any more, ever.`
      }
      onConfirm={() => change('removeKeyMaterial', key)}
      submit="Take away"
      title={`Take away the material of ${key.name}?`}
    >
      The library keeps none of it. The key can be used again once the same file is brought.
    </ConfirmDialog>
  )
}

/** Nothing is lost by it, but a lot stops: that is said before. */
function DisableKeyDialog({ keyOf: key, library }: Props) {
  const change = useApp((state) => state.changeKey)
  const keys = useApp((state) => state.keys)
  const dependents = dependentsOf(library, key)
  const goingOn = keys && goingOnWords(library, keys, key)
  return (
    <ConfirmDialog
      loss={null}
      onConfirm={() => change('disableKey', key)}
      submit="Disable"
      title={`Disable key ${key.name}?`}
    >
      {dependents === null
        ? 'It encrypts nothing yet; nothing can be encrypted with it until it is enabled again.'
        : `Until it is enabled again, ${dependents} cannot be read, written, copied or made into volumes, and no snapshot is taken of its volumes. They can still be listed, renamed and deleted.`}
      {goingOn !== null && ` ${goingOn}`}
      {key.isDefault &&
        ' It is the default key: whatever is to be encrypted without naming another one is refused.'}
    </ConfirmDialog>
  )
}

/** KMS's bounds. */
const LEAST_DAYS = 7
const MOST_DAYS = 30
const DAY_MS = 86_400_000

/** A key goes after a wait, in which that can be called off. */
function DeleteKeyDialog({ keyOf: key, library }: Props) {
  const deleteKey = useApp((state) => state.deleteKey)
  const [typed, setTyped] = useState(String(MOST_DAYS))
  const days = wholeNumber(typed, LEAST_DAYS, MOST_DAYS)
  const dependents = dependentsOf(library, key)
  return (
    <Sheet
      canSubmit={days !== null}
      onSubmit={() => days !== null && void deleteKey(key.keyId, days)}
      submit="Schedule deletion"
      title={`Delete key ${key.name}?`}
      tone={dependents === null ? 'primary' : 'danger'}
    >
      {dependents !== null && (
        <p className="loss">When it has gone, nobody can read {dependents} any more, ever.</p>
      )}
      <p className="sec">
        It is closed off at once, as if it were disabled. Until it goes the deletion can be
        cancelled.
      </p>
      <TextInput
        data-autofocus
        description={
          days === null
            ? `${LEAST_DAYS} to ${MOST_DAYS}`
            : `It goes on ${formatInstant(Date.now() + days * DAY_MS)}`
        }
        error={days === null && 'No key waits for so long.'}
        inputMode="numeric"
        label="Days to wait"
        onChange={(event) => setTyped(event.currentTarget.value)}
        value={typed}
      />
    </Sheet>
  )
}
