import type { StateCreator } from 'zustand/vanilla'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'

export type KeysSlice = {
  /** Opens the keys of this library until it is closed. The passphrase is kept nowhere. */
  unlockKeys: (passphrase: string) => Promise<void>
  /** The first one, or another in place of the one that was. */
  setPassphrase: (passphrase: string) => Promise<void>
}

type Calls = Pick<World['engine'], 'unlockKeys' | 'setPassphrase'>

export const keysSlice =
  (engine: Calls): StateCreator<AppState, [], [], KeysSlice> =>
  (_, get) => {
    const tryTo = async (work: () => Promise<unknown>, title: string, body: string) => {
      try {
        await work()
        get().dismissOffers('keys.unlock')
        get().dismissOffers('keys.setPassphrase')
        get().tell({ kind: 'done', title, body })
      } catch (error) {
        get().tellFailure(wireOf(error))
      }
    }
    return {
      unlockKeys: (passphrase) =>
        tryTo(
          () => engine.unlockKeys({ passphrase }),
          'Keys are unlocked',
          'What is encrypted can be read and written until the library is closed.',
        ),

      setPassphrase: (passphrase) =>
        tryTo(
          () => engine.setPassphrase({ passphrase }),
          'The passphrase is set',
          'It opens the keys of this library. Whoever loses it loses what they encrypt.',
        ),
    }
  }
