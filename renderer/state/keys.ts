import type { StateCreator } from 'zustand/vanilla'
import type { AccountId } from '../../core/contract/account.ts'
import type { Output } from '../../core/contract/calls.ts'
import type { KeyId } from '../../core/contract/ids.ts'
import type { Key } from '../../core/contract/keys.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { OWN_KEY } from '../words/key-words.ts'
import type { World } from './api.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'

/** The keys of the current account, and whether they can be used now. */
export type KeysView = Output<'describeKeys'>

/** How something new is to be encrypted; empty: as the default says. */
export type SealWish = { encrypted?: true; key?: KeyId }

/** Changes of a key that need nothing but the key. */
export type KeyChange =
  | 'enableKey'
  | 'disableKey'
  | 'rotateKey'
  | 'cancelKeyDeletion'
  | 'removeKeyMaterial'

export type KeysSlice = {
  /** null until the first answer, and while no library is open. */
  keys: KeysView | null
  /** Called by events.ts, and where the answer of a verb tells what no event does. */
  refreshKeys: () => Promise<void>
  /** Opens the keys of this library until it is closed. The passphrase is kept nowhere. */
  unlockKeys: (passphrase: string) => Promise<void>
  lockKeys: () => Promise<void>
  /** The first one, or another in place of the one that was. */
  setPassphrase: (passphrase: string) => Promise<void>
  /** @param isImported without material: that is asked for next, and can be brought later */
  createKey: (name: string, isImported: boolean) => Promise<void>
  /** Asks for the file that holds the material of an imported key. */
  bringMaterial: (key: Pick<Key, 'keyId' | 'name'>) => Promise<void>
  changeKey: (change: KeyChange, key: Key) => Promise<void>
  /** @param days 7 to 30, until it goes for good */
  deleteKey: (keyId: KeyId, days: number) => Promise<void>
  shareKeys: (keyIds: readonly KeyId[], accounts: readonly AccountId[]) => Promise<void>
  stopSharingKey: (keyId: KeyId, account: AccountId) => Promise<void>
  /** What is used where nobody names a key. @param key null: the account's own, made or not */
  makeDefault: (key: Pick<Key, 'keyId' | 'name'> | null) => Promise<void>
  /** For the current account and region. */
  encryptByDefault: (isOn: boolean) => Promise<void>
}

type Calls = Pick<
  World['engine'],
  | KeyChange
  | 'describeKeys'
  | 'unlockKeys'
  | 'lockKeys'
  | 'setPassphrase'
  | 'createKey'
  | 'importKeyMaterial'
  | 'shareKey'
  | 'scheduleKeyDeletion'
  | 'setDefaultKey'
  | 'setEncryptionByDefault'
>

type Shell = Pick<World['shell'], 'chooseKeyMaterial'>

export const keysSlice =
  ({ engine, shell }: { engine: Calls; shell: Shell }): StateCreator<AppState, [], [], KeysSlice> =>
  (set, get) => {
    let asked = 0
    const telling = tellingFailure(get)
    const tryTo = (work: () => Promise<unknown>, after?: () => void) =>
      telling(async () => {
        await work()
        await get().refreshKeys()
        after?.()
      })
    const opened = (title: string, body: string, actionId?: string) => () => {
      get().dismissOffers('keys.unlock')
      get().dismissOffers('keys.setPassphrase')
      get().tell({ kind: 'done', title, body, ...(actionId && { actionId }) })
    }
    /** Whoever fills in a form is not interrupted. @returns whether it was offered */
    const offerRecovery = (): boolean => {
      const { dialog, openDialog } = get()
      if (dialog.kind !== 'none' && dialog.kind !== 'keys') return false
      openDialog({ kind: 'recoveryKey', isOffer: true, back: dialog })
      return true
    }
    return {
      keys: null,

      refreshKeys: async () => {
        const mine = ++asked
        try {
          const keys = await engine.describeKeys({})
          if (mine === asked) set({ keys })
        } catch {
          // Without a library there are none; whatever else is wrong, the library itself tells.
          if (mine === asked) set({ keys: null })
        }
      },

      unlockKeys: (passphrase) =>
        tryTo(
          () => engine.unlockKeys({ passphrase }),
          opened(
            'Keys are unlocked',
            'What is encrypted can be read and written until the library is closed.',
          ),
        ),

      lockKeys: () =>
        tryTo(
          () => engine.lockKeys({}),
          () => get().announce('Keys are locked.'),
        ),

      setPassphrase: (passphrase) => {
        const isFirst = get().keys?.vault.state === 'none'
        return tryTo(
          () => engine.setPassphrase({ passphrase }),
          () => {
            const body = 'It opens the keys of this library.'
            if (!isFirst) return opened('The passphrase is set', body)()
            const offer = offerRecovery() ? undefined : 'keys.recoveryKey'
            opened('The passphrase is set', `${body} ${ONLY_WAY_IN}`, offer)()
          },
        )
      },

      createKey: (name, isImported) =>
        telling(async () => {
          const key = await engine.createKey({ name, imported: isImported })
          await get().refreshKeys()
          get().announce(`Made key ${name}.`)
          if (isImported) await get().bringMaterial(key)
        }),

      bringMaterial: ({ keyId, name }) =>
        telling(async () => {
          const file = await shell.chooseKeyMaterial({})
          if (file === null) return
          await engine.importKeyMaterial({ key: keyId, file: file.fileId })
          await get().refreshKeys()
          get().announce(`Key ${name} has its material.`)
        }),

      shareKeys: (keyIds, accounts) =>
        tryTo(async () => {
          for (const key of keyIds) await engine.shareKey({ key, add: [...accounts] })
        }),

      stopSharingKey: (keyId, account) =>
        tryTo(() => engine.shareKey({ key: keyId, remove: [account] })),

      changeKey: (change, { keyId, name }) =>
        tryTo(
          () => engine[change]({ key: keyId }),
          () => get().announce(CHANGED[change](name)),
        ),

      deleteKey: (keyId, days) => tryTo(() => engine.scheduleKeyDeletion({ key: keyId, days })),

      makeDefault: (key) =>
        tryTo(
          () => engine.setDefaultKey({ key: key?.keyId ?? null }),
          () => get().announce(`${key?.name ?? OWN_KEY} is the default key now.`),
        ),

      encryptByDefault: (isOn) => tryTo(() => engine.setEncryptionByDefault({ isOn })),
    }
  }

const ONLY_WAY_IN = 'Whoever loses it loses what they encrypt, unless there is a recovery key.'

/** What these are encrypted with, each once; of another account's keys none. */
export function keysOf(
  keys: KeysView | null,
  items: readonly Pick<Snapshot, 'encryption'>[],
): readonly Key[] {
  const used = new Set(items.map(({ encryption }) => encryption?.keyId))
  return keys?.keys.filter(({ keyId }) => used.has(keyId)) ?? []
}

const CHANGED: Readonly<Record<KeyChange, (name: string) => string>> = {
  enableKey: (name) => `Key ${name} is enabled.`,
  disableKey: (name) => `Key ${name} is disabled.`,
  rotateKey: (name) => `Key ${name} has new material.`,
  cancelKeyDeletion: (name) => `Key ${name} stays, and is not enabled yet.`,
  removeKeyMaterial: (name) => `Key ${name} has no material now.`,
}
