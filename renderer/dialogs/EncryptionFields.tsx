import { Checkbox, NativeSelect } from '@mantine/core'
import type { RegionName } from '../../core/contract/ids.ts'
import type { Key } from '../../core/contract/keys.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { isForeign } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import type { KeysView, SealWish } from '../state/keys.ts'
import { Button } from '../ui/Button.tsx'
import { keyStateChip, needsPassphrase, OWN_KEY } from '../words/key-words.ts'
import { joinNames } from '../words/names.ts'

type Source = Pick<Snapshot, 'encryption' | 'ownerId' | 'region'>

type Props = {
  /** What it is made of; null: it is new. */
  source: Source | null
  /** Where several are made at once: of what, if of encrypted ones alone. */
  sources?: readonly Source[]
  /** What they are: "both volumes". */
  several?: string
  /** Where it will be; default: where the source is, or new volumes are made. */
  region?: RegionName
  /** What is made of something encrypted has its key, unless it is a copy. */
  keepsKey?: boolean
  wish: SealWish
  onWish: (wish: SealWish) => void
}

/** Whether something new is encrypted, and with which key: the rules are the engine's. */
export function EncryptionFields(props: Props) {
  const { source, sources = [source], several, region, keepsKey = true, wish, onWish } = props
  const library = useApp((state) => state.library)
  const keys = useApp((state) => state.keys)
  if (library === null || keys === null) return null
  const place = region ?? source?.region ?? keys.default.region
  const isOn = keys.defaults.some((one) => one.region === place && one.isOn)
  const isOfSealed = source !== null && source.encryption !== null
  const isForced = isOfSealed || isOn
  const isSealed = isForced || wish.encrypted === true
  const isInherited = isOfSealed && keepsKey && !isForeign(library, source)
  const keyIds = new Set(isInherited ? sources.map((each) => each?.encryption?.keyId) : [])
  const inherited = keys.keys.filter(({ keyId }) => keyIds.has(keyId))
  const isUsual = (key: Key) => inherited.length === 1 && inherited.includes(key)
  const others = keys.keys.filter((key) => key.region === place && !isUsual(key))
  const isNoneUsual = !isInherited && isDefaultGone(keys, place)
  return (
    <>
      <Checkbox
        checked={isSealed}
        description={
          isOfSealed
            ? 'What is made of something encrypted is encrypted.'
            : isOn
              ? `All that is new in ${place} is encrypted, since that is its default.`
              : 'Encrypted on the disk, and never made plain again.'
        }
        disabled={isForced}
        label={`Encrypt ${several ?? 'it'}`}
        onChange={(event) => onWish(event.currentTarget.checked ? { encrypted: true } : {})}
      />
      {isSealed && (
        <NativeSelect
          data={[
            { value: '', label: usualLabel(keys, place, isInherited ? inherited : null) },
            ...others.map((key) => ({
              value: key.keyId,
              label: labelOf(key),
              disabled: key.state !== 'enabled',
            })),
          ]}
          label="Key"
          onChange={({ currentTarget }) => {
            const key = others.find(({ keyId }) => keyId === currentTarget.value)
            if (key !== undefined) onWish({ encrypted: true, key: key.keyId })
            else onWish(isForced ? {} : { encrypted: true })
          }}
          // What would be refused is not sent: what was typed would be gone with it.
          required={isNoneUsual}
          value={wish.key ?? ''}
          withAsterisk={false}
        />
      )}
      {isSealed && <PassphraseFirst keys={keys} />}
      {isSealed && isNoneUsual && wish.key === undefined && <DefaultGone />}
    </>
  )
}

/** Without a passphrase nothing is encrypted: it is asked for before what was begun, not after. */
function PassphraseFirst({ keys }: { keys: KeysView }) {
  const openDialog = useApp((state) => state.openDialog)
  const back = useApp((state) => state.dialog)
  const isNone = keys.vault.state === 'none'
  if (!isNone && !needsPassphrase(keys.vault)) return null
  const kind = isNone ? 'newPassphrase' : 'unlockKeys'
  return (
    <p className="seal-note" role="note">
      {isNone ? 'This library has no passphrase yet.' : 'The keys of this library are locked.'}
      <Button onClick={() => openDialog({ kind, back })}>
        {isNone ? 'Set a passphrase…' : 'Unlock keys…'}
      </Button>
    </p>
  )
}

/** What would be made is refused: another key can be chosen here, another default there. */
function DefaultGone() {
  const openDialog = useApp((state) => state.openDialog)
  return (
    <p className="seal-note" role="note">
      The default key was deleted: choose another key, or another default.
      <Button onClick={() => openDialog({ kind: 'keys' })}>Keys…</Button>
    </p>
  )
}

/** What no key is chosen for. @param inherited keys of its snapshots; null: it takes the default one */
function usualLabel(keys: KeysView, region: RegionName, inherited: readonly Key[] | null): string {
  if (inherited === null) return `The default key: ${defaultLabel(keys, region)}`
  const names = joinNames(inherited.map(labelOf))
  if (inherited.length > 1) return `The keys of their snapshots: ${names}`
  // One that was deleted is not among them: then what is made is refused.
  return `The key of its snapshot: ${names || 'it was deleted'}`
}

/** The name of a region's default key, also of one that is only made when it is needed. */
function defaultLabel(keys: KeysView, region: RegionName): string {
  const key = defaultKey(keys, region)
  if (key !== undefined) return labelOf(key)
  return isDefaultGone(keys, region) ? 'none, it was deleted' : OWN_KEY
}

function defaultKey(keys: KeysView, region: RegionName): Key | undefined {
  return keys.keys.find((one) => one.region === region && one.isDefault)
}

function isDefaultGone(keys: KeysView, region: RegionName): boolean {
  const isNamed = keys.defaults.some((one) => one.region === region && one.keyId !== null)
  return isNamed && defaultKey(keys, region) === undefined
}

function labelOf(key: Key): string {
  const state = keyStateChip(key)
  return state === null ? key.name : `${key.name} (${state})`
}
