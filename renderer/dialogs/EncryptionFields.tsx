import { Checkbox, NativeSelect } from '@mantine/core'
import type { RegionName } from '../../core/contract/ids.ts'
import type { Key } from '../../core/contract/keys.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { isForeign } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import type { KeysView, SealWish } from '../state/keys.ts'
import { Button } from '../ui/Button.tsx'
import { keyStateChip, needsPassphrase, OWN_KEY } from '../words/key-words.ts'

type Props = {
  /** What it is made of; null: it is new. */
  source: Pick<Snapshot, 'encryption' | 'ownerId' | 'region'> | null
  /** Where it will be; default: where the source is, or new volumes are made. */
  region?: RegionName
  /** What is made of something encrypted has its key, unless it is a copy. */
  keepsKey?: boolean
  wish: SealWish
  onWish: (wish: SealWish) => void
}

/** Whether something new is encrypted, and with which key: the rules are the engine's. */
export function EncryptionFields({ source, region, keepsKey = true, wish, onWish }: Props) {
  const library = useApp((state) => state.library)
  const keys = useApp((state) => state.keys)
  if (library === null || keys === null) return null
  const place = region ?? source?.region ?? keys.default.region
  const isOn = keys.defaults.some((one) => one.region === place && one.isOn)
  const isOfSealed = source !== null && source.encryption !== null
  const isForced = isOfSealed || isOn
  const isSealed = isForced || wish.encrypted === true
  const isInherited = isOfSealed && keepsKey && !isForeign(library, source)
  const sourceKey = isInherited ? source.encryption?.keyId : undefined
  const inherited = keys.keys.find(({ keyId }) => keyId === sourceKey)
  const usual = inherited === undefined ? defaultLabel(keys, place) : labelOf(inherited)
  const others = keys.keys.filter((key) => key.region === place && key !== inherited)
  return (
    <>
      <Checkbox
        checked={isSealed}
        description={
          isOfSealed
            ? 'What is made of something encrypted is encrypted.'
            : isOn
              ? `All that is new in ${place} is encrypted, since that is its default.`
              : 'It lies encrypted on the disk, and is never made plain again.'
        }
        disabled={isForced}
        label="Encrypt it"
        onChange={(event) => onWish(event.currentTarget.checked ? { encrypted: true } : {})}
      />
      {isSealed && (
        <NativeSelect
          data={[
            {
              value: '',
              label: `${isInherited ? 'The key of its snapshot' : 'The default key'}: ${usual}`,
            },
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
          value={wish.key ?? ''}
        />
      )}
      {isSealed && <PassphraseFirst keys={keys} />}
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

/** The name of a region's default key, also of one that is only made when it is needed. */
function defaultLabel(keys: KeysView, region: RegionName): string {
  const key = keys.keys.find((one) => one.region === region && one.isDefault)
  if (key !== undefined) return labelOf(key)
  const isGone = keys.defaults.some((one) => one.region === region && one.keyId !== null)
  return isGone ? 'none, it was deleted' : OWN_KEY
}

function labelOf(key: Key): string {
  const state = keyStateChip(key)
  return state === null ? key.name : `${key.name} (${state})`
}
