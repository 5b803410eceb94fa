import type { EncryptionDefault } from '../contract/keys.ts'
import { regionOption, wordFor } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { isOwnKey, namedKey } from '../engine/encryption-choice.ts'
import { heldVolumes } from '../engine/keys-in-use.ts'
import { resumeLoading } from '../engine/load-volume.ts'
import { toldChange } from '../engine/told-change.ts'
import type { Verbs } from '../engine/verb.ts'
import { listKeyPermissions, sharedKeysOf, shareKey } from './key-sharing.ts'
import {
  cancelKeyDeletion,
  createKey,
  disableKey,
  enableKey,
  importKeyMaterial,
  removeKeyMaterial,
  rotateKey,
  scheduleKeyDeletion,
} from './key-states.ts'
import { defaultOf, dropExpired, keysOf } from './keys.ts'
import { recoveryKeyVerbs } from './recovery-key.ts'

/** Keys, and how an account encrypts. */
export const keyVerbs = {
  describeKeys: (context) => {
    const { library } = context
    dropExpired(context)
    return {
      vault: library.keyring.vault(),
      keys: keysOf(library),
      sharedKeys: sharedKeysOf(library),
      default: defaultOf(library),
      defaults: library.regions.all().map((region) => defaultOf(library, region)),
      heldVolumeIds: heldVolumes(library),
    }
  },
  setPassphrase: async ({ library }, { passphrase }) => {
    await library.keyring.setPassphrase(passphrase)
    return library.keyring.vault()
  },
  unlockKeys: async (context, { passphrase }) => {
    const { library } = context
    await library.keyring.unlock(passphrase)
    resumeLoading(context)
    return library.keyring.vault()
  },
  lockKeys: ({ library }) => {
    library.keyring.lock()
    return library.keyring.vault()
  },
  ...recoveryKeyVerbs,

  createKey,
  importKeyMaterial,
  removeKeyMaterial,
  enableKey,
  disableKey,
  scheduleKeyDeletion,
  cancelKeyDeletion,
  rotateKey,

  shareKey,
  listKeyPermissions,

  setDefaultKey: (context, { key }) => {
    const { library } = context
    const { account, region } = library
    const isOwn = key === null || isOwnKey(key, account, region)
    const row = isOwn ? null : namedKey(library, key, account, region)
    const word = row === null ? '--reset' : wordFor(library, row)
    const command = ['key', 'default', word]
    return setDefault(context, { keyId: row?.id ?? null }, 'Changed the default key', command)
  },
  setEncryptionByDefault: (context, { isOn }) => {
    const word = isOn ? 'on' : 'off'
    const command = ['encryption-by-default', word]
    return setDefault(context, { isOn }, `Turned encryption by default ${word}`, command)
  },
} satisfies Partial<Verbs>

function setDefault(
  { library, clock }: Context,
  change: Partial<Pick<EncryptionDefault, 'isOn' | 'keyId'>>,
  title: string,
  command: readonly string[],
): EncryptionDefault {
  const before = library.encryptionDefaults.of(library.account, library.region)
  toldChange({ library, clock }, { title, command: [...command, ...regionOption(library)] }, () =>
    library.encryptionDefaults.set({ ...before, ...change }),
  )
  return defaultOf(library)
}
