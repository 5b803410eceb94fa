import type { AppState } from '../state/store.ts'
import { isArchived } from '../state/tiers.ts'
import type { Action } from './action.ts'
import { chosenName, chosenOwnCompleted, onChosen, whyNotOwnUsable } from './chosen.ts'

/** Of what is archived, shares can be taken back still. */
const sharable = (state: AppState) => {
  const own = chosenOwnCompleted(state)
  if (own === undefined) return undefined
  return isArchived(own) && own.sharedWith.length === 0 && !own.isPublic ? undefined : own
}

export const accountActions: readonly Action[] = [
  {
    id: 'snapshot.share',
    title: (state) => `Share ${chosenName(state)}…`,
    keywords: 'permission account public grant',
    group: 'Snapshot',
    whyOff: whyNotOwnUsable,
    ...onChosen(sharable, (state, { snapshotId }) =>
      state.openDialog({ kind: 'shareSnapshot', snapshotId }),
    ),
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
