import type { AppState } from '../state/store.ts'
import type { Action } from './action.ts'

/** Whether there is anything that a key opens. */
const hasSealed = ({ library }: AppState) =>
  library !== null &&
  [...library.volumes, ...library.snapshots].some(({ encryption }) => encryption !== null)

export const keyActions: readonly Action[] = [
  {
    id: 'keys.unlock',
    title: () => 'Unlock keys…',
    keywords: 'passphrase password encryption decrypt',
    group: 'Library',
    isEnabled: hasSealed,
    run: (state) => state.openDialog({ kind: 'unlockKeys' }),
  },
  {
    id: 'keys.setPassphrase',
    title: () => 'Set a passphrase…',
    keywords: 'password encryption change keys',
    group: 'Library',
    isEnabled: (state) => state.library !== null,
    run: (state) => state.openDialog({ kind: 'newPassphrase' }),
  },
]
