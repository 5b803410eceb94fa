import type { Action } from './action.ts'
import { chosenName, chosenOwnUsable, whyNotOwnUsable } from './chosen.ts'

export const accountActions: readonly Action[] = [
  {
    id: 'snapshot.share',
    title: (state) => `Share ${chosenName(state)}…`,
    keywords: 'permission account public grant',
    group: 'Snapshot',
    isEnabled: (state) => chosenOwnUsable(state) !== undefined,
    whyOff: whyNotOwnUsable,
    run: (state) => {
      const snapshot = chosenOwnUsable(state)
      if (snapshot === undefined) return
      state.openDialog({ kind: 'shareSnapshot', snapshotId: snapshot.snapshotId })
    },
  },
  {
    id: 'account.add',
    title: () => 'Add an account…',
    keywords: 'owner share user',
    group: 'Library',
    isEnabled: (state) => state.library !== null,
    run: (state) => state.openDialog({ kind: 'addAccount' }),
  },
  {
    id: 'account.publicAccess',
    title: () => 'Block public snapshots…',
    keywords: 'public access sharing everybody block',
    group: 'Library',
    isEnabled: (state) => state.library !== null,
    run: (state) => state.openDialog({ kind: 'publicAccess' }),
  },
]
