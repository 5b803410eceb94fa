import { Switch } from '@mantine/core'
import { useRef } from 'react'
import type { Key, SharedKey } from '../../core/contract/keys.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { accountLabel, currentAccount, hasAccounts, labelOfAccount } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import type { Dialog } from '../state/dialogs.ts'
import type { KeysView } from '../state/keys.ts'
import { hasRegions } from '../state/lanes.ts'
import { Button } from '../ui/Button.tsx'
import { KeySign } from '../ui/KeySign.tsx'
import { Name } from '../ui/Name.tsx'
import {
  countsOf,
  dependentsOf,
  goneWords,
  keyStateChip,
  needsPassphrase,
  recoveryWords,
  vaultWords,
} from '../words/key-words.ts'
import { joinNames } from '../words/names.ts'
import { KeyMenu } from './KeyMenu.tsx'
import './keys.css'
import { Sheet } from './Sheet.tsx'
import { UnmadeKeyLine } from './UnmadeKeyLine.tsx'

/** What these dialogs were asked from: this one is shown again after them. */
const BACK: Dialog = { kind: 'keys' }

/** The keys of the account that looks, in the region where it works. Each choice holds at once. */
export function KeysDialog({ library, keys }: { library: LibraryView; keys: KeysView }) {
  const openDialog = useApp((state) => state.openDialog)
  const encryptByDefault = useApp((state) => state.encryptByDefault)
  const { region, isOn } = keys.default
  const own = keys.keys.filter((key) => key.region === region)
  const shared = keys.sharedKeys.filter((key) => key.region === region)
  const isUnmade = isOwnUnmade(keys, own)
  const listed = useRef<HTMLElement>(null)
  const refList = (node: HTMLElement | null) => {
    listed.current = node
  }
  return (
    <Sheet size={560} title={`Keys${whereWords(library, region)}`}>
      <VaultLine keys={keys} />
      {keys.vault.state !== 'none' && <RecoveryLine vault={keys.vault} />}
      <Switch
        checked={isOn}
        description={`Volumes and copies, asked for or not${hasRegions(library) ? `; in ${region} only` : ''}.`}
        label="Encrypt all that is new"
        onChange={({ currentTarget }) => void encryptByDefault(currentTarget.checked)}
      />
      {isDefaultGone(keys, own) && (
        <p className="seal-note" role="note">
          The default key was deleted. Until another one is the default, nothing is encrypted
          without naming a key.
        </p>
      )}
      {own.length + shared.length === 0 && !isUnmade ? (
        <p className="sheet-none" ref={refList} tabIndex={-1}>
          No keys yet. Strata makes one, aws/ebs, when something is to be encrypted and no key is
          named.
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reached
        <ul aria-label="Keys" className="key-list sheet-list" ref={refList} tabIndex={0}>
          {own.map((key) => (
            <KeyLine key={key.keyId} keyOf={key} library={library} vault={keys.vault} />
          ))}
          {isUnmade && <UnmadeKeyLine next={listed} />}
          {shared.map((key) => (
            <SharedLine key={key.keyId} keyOf={key} library={library} />
          ))}
        </ul>
      )}
      <div className="sheet-actions">
        <Button
          disabled={keys.vault.state === 'none'}
          onClick={() => openDialog({ kind: 'newKey', back: BACK })}
        >
          New key…
        </Button>
      </div>
    </Sheet>
  )
}

/** What opens the keys, and how that is changed. */
function VaultLine({ keys: { vault } }: { keys: KeysView }) {
  const openDialog = useApp((state) => state.openDialog)
  const lock = useApp((state) => state.lockKeys)
  const isNone = vault.state === 'none'
  return (
    <div className="vault-line">
      <p className="sec">{vaultWords(vault)}</p>
      <span>
        {needsPassphrase(vault) ? (
          <Button onClick={() => openDialog({ kind: 'unlockKeys', back: BACK })} tone="primary">
            Unlock…
          </Button>
        ) : (
          <Button
            onClick={() => openDialog({ kind: 'newPassphrase', back: BACK })}
            tone={isNone ? 'primary' : 'plain'}
          >
            {isNone ? 'Set a passphrase…' : 'Change passphrase…'}
          </Button>
        )}
        {vault.state === 'open' && <Button onClick={() => void lock()}>Lock</Button>}
      </span>
    </div>
  )
}

/** Whether there is another way to them than the passphrase. */
function RecoveryLine({ vault }: { vault: KeysView['vault'] }) {
  const openDialog = useApp((state) => state.openDialog)
  const isMade = vault.recoveryKeyMadeAt !== null
  const isLocked = needsPassphrase(vault)
  return (
    <div className="vault-line">
      <p className="sec">{recoveryWords(vault)}</p>
      <span>
        <Button
          disabled={isLocked}
          onClick={() => openDialog({ kind: 'recoveryKey', isOffer: false, back: BACK })}
        >
          {isMade ? 'Make a new one…' : 'Make a recovery key…'}
        </Button>
        {isMade && (
          <Button
            disabled={isLocked}
            onClick={() => openDialog({ kind: 'removeRecoveryKey', back: BACK })}
          >
            Remove…
          </Button>
        )}
      </span>
    </div>
  )
}

type LineProps = { library: LibraryView; keyOf: Key; vault: KeysView['vault'] }

function KeyLine({ library, keyOf: key, vault }: LineProps) {
  const chip = keyStateChip(key)
  const standing = chip !== null ? 'refused' : needsPassphrase(vault) ? 'locked' : 'usable'
  const dependents = dependentsOf(library, key)
  const gone = goneWords(key)
  const version = key.version === 1 ? '' : `, version ${key.version}`
  return (
    <li>
      <KeySign size={16} standing={standing} />
      <div>
        <span className="key-line-name">
          <Name as="b">{key.name}</Name>
          {key.isDefault && <span className="chip">default</span>}
          {chip !== null && (
            <span className="chip" data-standing="refused">
              {chip}
            </span>
          )}
          {key.origin === 'imported' && chip === null && <span className="chip">imported</span>}
        </span>
        <p className="sec small ellipsis" title={dependents ?? undefined}>
          {dependents === null ? countsOf(key) : `Encrypts ${dependents}`}
          {gone !== null && `; ${gone}`}
        </p>
        {key.sharedWith.length > 0 && (
          <p className="sec small">
            Shared with {joinNames(key.sharedWith.map((id) => labelOfAccount(library, id)))}
          </p>
        )}
        <p className="sec small selectable ellipsis">
          {key.keyId}
          {version}
        </p>
        {key.state === 'pending-import' && <MissingMaterial keyOf={key} />}
      </div>
      <KeyMenu back={BACK} keyOf={key} />
    </li>
  )
}

/** Nothing can be done with it before: that is said where it stands. */
function MissingMaterial({ keyOf: key }: { keyOf: Key }) {
  const bring = useApp((state) => state.bringMaterial)
  return (
    <p className="seal-note key-line-note" role="note">
      <span>It waits for its material, a file of 32 random bytes.</span>
      <Button onClick={() => void bring(key)}>Choose file…</Button>
    </p>
  )
}

/** Of another account: it opens what is shared, and is changed by its owner alone. */
function SharedLine({ library, keyOf: key }: { library: LibraryView; keyOf: SharedKey }) {
  return (
    <li>
      <KeySign size={16} standing="usable" />
      <div>
        <span className="key-line-name">
          <b>
            A key of <bdi>{labelOfAccount(library, key.accountId)}</bdi>
          </b>
          <span className="chip">shared with you</span>
        </span>
        <p className="sec small">Opens what is shared with you and encrypted with it</p>
        <p className="sec small selectable ellipsis">{key.keyId}</p>
      </div>
    </li>
  )
}

/** Another one is the default, and no line of a key leads back to the account's own. */
function isOwnUnmade({ default: { keyId } }: KeysView, own: readonly Key[]): boolean {
  return keyId !== null && own.every(({ manager }) => manager !== 'strata')
}

function isDefaultGone({ default: { keyId } }: KeysView, own: readonly Key[]): boolean {
  return keyId !== null && own.every((key) => key.keyId !== keyId)
}

/** Only where there are others to tell it from. */
function whereWords(library: LibraryView, region: string): string {
  const account = currentAccount(library)
  const whose = hasAccounts(library) && account !== undefined ? ` of ${accountLabel(account)}` : ''
  return `${whose}${hasRegions(library) ? ` in ${region}` : ''}`
}
