import type { Key } from '../../core/contract/keys.ts'
import type { AppState } from '../state/store.ts'
import { volumeById } from '../state/tree.ts'
import { chosenSnapshots } from '../state/view.ts'
import { needsPassphrase } from '../words/key-words.ts'
import type { Action } from './action.ts'

const isOpen = ({ library }: AppState) => library !== null

/** The key of what is selected, or of the volume shown where nothing is. */
const keyOfChosen = (state: AppState): Key | undefined => {
  const [snapshot, ...more] = chosenSnapshots(state)
  if (more.length > 0) return undefined
  const chosen = snapshot ?? volumeById(state.library, state.volumeId)
  return state.keys?.keys.find(({ keyId }) => keyId === chosen?.encryption?.keyId)
}

/** An action on a key of its own as long as it is in a state. */
const onKey = (
  states: readonly Key['state'][],
  title: (name: string) => string,
  run: (state: AppState, key: Key) => void | Promise<void>,
  origin?: Key['origin'],
): Pick<Action, 'title' | 'isEnabled' | 'run'> => {
  const keyFor = (state: AppState) => {
    const key = keyOfChosen(state)
    if (key?.manager !== 'account' || !states.includes(key.state)) return undefined
    return origin === undefined || key.origin === origin ? key : undefined
  }
  return {
    title: (state) => title(`key ${keyFor(state)?.name ?? ''}`.trim()),
    isEnabled: (state) => keyFor(state) !== undefined,
    run: (state) => {
      const key = keyFor(state)
      if (key !== undefined) return run(state, key)
    },
  }
}

export const keyActions: readonly Action[] = [
  {
    id: 'keys.show',
    title: () => 'Keys…',
    keywords: 'encryption encrypt by default list key',
    group: 'Library',
    isEnabled: (state) => state.keys !== null,
    run: (state) => state.openDialog({ kind: 'keys' }),
  },
  {
    id: 'keys.create',
    title: () => 'New key…',
    keywords: 'encryption make create',
    group: 'Library',
    isEnabled: ({ keys }) => keys !== null && keys.vault.state !== 'none',
    run: (state) => state.openDialog({ kind: 'newKey' }),
  },
  {
    id: 'keys.byDefault',
    title: ({ keys }) =>
      keys?.default.isOn
        ? `Stop encrypting all that is new in ${keys.default.region}`
        : `Encrypt all that is new in ${keys?.default.region ?? 'this region'}`,
    keywords: 'encryption by default',
    group: 'Library',
    isEnabled: (state) => state.keys !== null,
    run: (state) => state.encryptByDefault(state.keys?.default.isOn === false),
  },
  {
    id: 'keys.unlock',
    title: () => 'Unlock keys…',
    keywords: 'passphrase password encryption decrypt',
    group: 'Library',
    isEnabled: ({ keys }) => keys?.vault.state === 'locked',
    run: (state) => state.openDialog({ kind: 'unlockKeys' }),
  },
  {
    id: 'keys.lock',
    title: () => 'Lock keys',
    keywords: 'passphrase password encryption forget',
    group: 'Library',
    isEnabled: ({ keys }) => keys?.vault.state === 'open',
    run: (state) => state.lockKeys(),
  },
  {
    id: 'keys.setPassphrase',
    title: () => 'Set a passphrase…',
    keywords: 'password encryption change keys',
    group: 'Library',
    isEnabled: isOpen,
    run: (state) => state.openDialog({ kind: 'newPassphrase' }),
  },
  {
    id: 'keys.recoveryKey',
    title: ({ keys }) =>
      (keys?.vault.recoveryKeyMadeAt ?? null) === null
        ? 'Make a recovery key…'
        : 'Make a new recovery key…',
    keywords: 'lost passphrase password encryption paper',
    group: 'Library',
    isEnabled: ({ keys }) =>
      keys !== null && keys.vault.state !== 'none' && !needsPassphrase(keys.vault),
    run: (state) => state.openDialog({ kind: 'recoveryKey', isOffer: false }),
  },
  {
    id: 'keys.recover',
    title: () => 'Unlock with the recovery key…',
    keywords: 'lost passphrase password forgotten encryption paper',
    group: 'Library',
    isEnabled: ({ keys }) =>
      keys?.vault.state === 'locked' && keys.vault.recoveryKeyMadeAt !== null,
    run: (state) => state.openDialog({ kind: 'recoverKeys' }),
  },
  {
    id: 'key.enable',
    keywords: 'encryption use again',
    group: 'Library',
    ...onKey(
      ['disabled'],
      (key) => `Enable ${key}`,
      (state, key) => state.changeKey('enableKey', key),
    ),
  },
  {
    id: 'key.disable',
    keywords: 'encryption close block',
    group: 'Library',
    ...onKey(
      ['enabled'],
      (key) => `Disable ${key}…`,
      (state, { keyId }) => state.openDialog({ kind: 'disableKey', keyId }),
    ),
  },
  {
    id: 'key.rotate',
    keywords: 'encryption new material',
    group: 'Library',
    ...onKey(
      ['enabled'],
      (key) => `Rotate ${key}`,
      (state, key) => state.changeKey('rotateKey', key),
      'generated',
    ),
  },
  {
    id: 'key.share',
    keywords: 'encryption account grant permissions',
    group: 'Library',
    ...onKey(
      ['enabled', 'disabled', 'pending-import', 'pending-deletion'],
      (key) => `Share ${key}…`,
      (state, { keyId }) => state.openDialog({ kind: 'shareKey', keyId }),
    ),
  },
  {
    id: 'key.bringMaterial',
    keywords: 'encryption import file',
    group: 'Library',
    ...onKey(
      ['pending-import'],
      (key) => `Bring the material of ${key}…`,
      (state, key) => state.bringMaterial(key),
    ),
  },
  {
    id: 'key.removeMaterial',
    keywords: 'encryption import file delete',
    group: 'Library',
    ...onKey(
      ['enabled', 'disabled'],
      (key) => `Take the material of ${key} away…`,
      (state, { keyId }) => state.openDialog({ kind: 'removeMaterial', keyId }),
      'imported',
    ),
  },
  {
    id: 'key.delete',
    keywords: 'encryption schedule deletion',
    group: 'Library',
    ...onKey(
      ['enabled', 'disabled', 'pending-import'],
      (key) => `Delete ${key}…`,
      (state, { keyId }) => state.openDialog({ kind: 'deleteKey', keyId }),
    ),
  },
  {
    id: 'key.cancelDeletion',
    keywords: 'encryption keep',
    group: 'Library',
    ...onKey(
      ['pending-deletion'],
      (key) => `Cancel the deletion of ${key}`,
      (state, key) => state.changeKey('cancelKeyDeletion', key),
    ),
  },
  {
    id: 'image.importEncrypted',
    title: () => 'Open an image, encrypted…',
    keywords: 'import link disk raw img file encryption key',
    group: 'Volume',
    isEnabled: isOpen,
    run: (state) => state.chooseToEncrypt(),
  },
]
