import type { StateCreator } from 'zustand/vanilla'
import type { Output } from '../../core/contract/calls.ts'
import type { KeyId } from '../../core/contract/ids.ts'
import type { Key } from '../../core/contract/keys.ts'
import type { World } from './api.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'

/** The keys of the current account, and whether they can be used now. */
export type KeysView = Output<'describeKeys'>

/** How something new is to be encrypted; empty: as the default says. */
export type SealWish = { encrypted?: true; key?: KeyId }

/** Changes of a key that need nothing but the key. */
export type KeyChange = 'enableKey' | 'disableKey' | 'rotateKey' | 'cancelKeyDeletion'

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
  createKey: (name: string) => Promise<void>
  changeKey: (change: KeyChange, key: Key) => Promise<void>
  /** @param days 7 to 30, until it goes for good */
  deleteKey: (keyId: KeyId, days: number) => Promise<void>
  /** What is used where nobody names a key. */
  makeDefault: (key: Key) => Promise<void>
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
  | 'scheduleKeyDeletion'
  | 'setDefaultKey'
  | 'setEncryptionByDefault'
>

export const keysSlice =
  (engine: Calls): StateCreator<AppState, [], [], KeysSlice> =>
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

      createKey: (name) =>
        tryTo(
          () => engine.createKey({ name }),
          () => get().announce(`Made key ${name}.`),
        ),

      changeKey: (change, { keyId, name }) =>
        tryTo(
          () => engine[change]({ key: keyId }),
          () => get().announce(CHANGED[change](name)),
        ),

      deleteKey: (keyId, days) => tryTo(() => engine.scheduleKeyDeletion({ key: keyId, days })),

      makeDefault: ({ keyId, name, manager }) =>
        tryTo(
          () => engine.setDefaultKey({ key: manager === 'strata' ? null : keyId }),
          () => get().announce(`${name} is the default key now.`),
        ),

      encryptByDefault: (isOn) => tryTo(() => engine.setEncryptionByDefault({ isOn })),
    }
  }

const ONLY_WAY_IN = 'Whoever loses it loses what they encrypt, unless there is a recovery key.'

const CHANGED: Readonly<Record<KeyChange, (name: string) => string>> = {
  enableKey: (name) => `Key ${name} is enabled.`,
  disableKey: (name) => `Key ${name} is disabled.`,
  rotateKey: (name) => `Key ${name} has new material.`,
  cancelKeyDeletion: (name) => `Key ${name} stays. It is disabled.`,
}
