import type { StateCreator } from 'zustand/vanilla'
import type { WireError } from '../../core/contract/wire-error.ts'
import { type World, wireOf } from './api.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'

/** The recovery key. Its text goes to who asked for it and stays in no state. */
export type RecoverySlice = {
  /** @returns what is to be written down; null: it was refused, and that is told */
  createRecoveryKey: () => Promise<string | null>
  /** Asks the system where to. @returns the name of the file; null: cancelled, or told why not */
  saveRecoveryKey: () => Promise<string | null>
  /**
   * It was written down: it takes the place of the one that was.
   *
   * @returns false: it was not kept, which is told
   */
  keepRecoveryKey: () => Promise<boolean>
  /** It was not: all stays as it was, and that is told; of one that was kept nothing is. */
  dropRecoveryKey: () => Promise<void>
  removeRecoveryKey: () => Promise<void>
  /** Opens the keys with it, and sets a passphrase. @returns why not */
  recoverKeys: (recoveryKey: string, passphrase: string) => Promise<WireError | null>
}

type Calls = Pick<
  World['engine'],
  | 'createRecoveryKey'
  | 'saveRecoveryKey'
  | 'keepRecoveryKey'
  | 'dropRecoveryKey'
  | 'removeRecoveryKey'
  | 'recoverKeys'
>

export const recoverySlice =
  ({
    engine,
    shell,
  }: {
    engine: Calls
    shell: Pick<World['shell'], 'chooseRecoveryFile'>
  }): StateCreator<AppState, [], [], RecoverySlice> =>
  (_, get) => {
    const telling = tellingFailure(get)
    /** null when it failed, which is told. */
    const orTold = async <T>(work: () => Promise<T>): Promise<T | null> => {
      let found: T | null = null
      await telling(async () => {
        found = await work()
      })
      return found
    }
    return {
      createRecoveryKey: () => orTold(async () => (await engine.createRecoveryKey({})).recoveryKey),

      saveRecoveryKey: () =>
        orTold(async () => {
          const name = get().library?.name.slice(0, 200) ?? 'a library'
          const suggestedName = `Recovery key of ${name}.txt`
          const file = await shell.chooseRecoveryFile({ suggestedName })
          if (file === null) return null
          // A file that is there already has a size: the system's dialog has asked about it.
          const overwrite = file.sizeBytes !== null
          await engine.saveRecoveryKey({ file: file.fileId, overwrite })
          return file.name
        }),

      keepRecoveryKey: async () => {
        const kept = await orTold(async () => {
          const isNewer = (get().keys?.vault.recoveryKeyMadeAt ?? null) !== null
          await engine.keepRecoveryKey({})
          await get().refreshKeys()
          get().dismissOffers('keys.recoveryKey')
          get().tell({
            kind: 'done',
            title: isNewer ? 'The recovery key is a new one' : 'There is a recovery key',
            body: isNewer
              ? 'It opens the keys when the passphrase is lost. The older one opens nothing any more.'
              : 'It opens the keys when the passphrase is lost. Keep it apart from the library.',
          })
          return true
        })
        return kept === true
      },

      dropRecoveryKey: () =>
        telling(async () => {
          const { isDropped } = await engine.dropRecoveryKey({})
          if (!isDropped) return
          get().tell({
            kind: 'done',
            title: 'Nothing was changed',
            body: 'The recovery key that was shown was not kept. It opens nothing.',
          })
        }),

      removeRecoveryKey: () =>
        telling(async () => {
          await engine.removeRecoveryKey({})
          await get().refreshKeys()
          get().announce('There is no recovery key any more.')
        }),

      recoverKeys: async (recoveryKey, passphrase) => {
        try {
          await engine.recoverKeys({ recoveryKey, passphrase })
        } catch (error) {
          return wireOf(error)
        }
        await get().refreshKeys()
        get().dismissOffers('keys.unlock')
        get().tell({
          kind: 'done',
          title: 'Keys are unlocked',
          body: 'The new passphrase opens them from now on. The recovery key stays as it is.',
        })
        return null
      },
    }
  }
