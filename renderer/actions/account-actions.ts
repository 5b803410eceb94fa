import { isForeign } from '../state/accounts.ts'
import type { AppState } from '../state/store.ts'
import { chosenSnapshots } from '../state/view.ts'
import type { Action } from './action.ts'
import { whyNotOwn } from './not-own.ts'

const shareable = (state: AppState) => {
  const [only, ...more] = chosenSnapshots(state)
  if (only?.state !== 'completed' || more.length > 0) return undefined
  return isForeign(state.library, only) ? undefined : only
}

export const accountActions: readonly Action[] = [
  {
    id: 'snapshot.share',
    title: (state) => `Share ${shareable(state)?.name ?? 'snapshot'}…`,
    keywords: 'permission account public grant',
    group: 'Snapshot',
    isEnabled: (state) => shareable(state) !== undefined,
    whyOff: whyNotOwn,
    run: (state) => {
      const snapshot = shareable(state)
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
