import { lockStateOf } from '../../core/contract/locks.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { isForeign } from '../state/accounts.ts'
import type { AppState } from '../state/store.ts'
import type { Action } from './action.ts'
import { chosenName, chosenOne, isArchived, whyNotOwn } from './chosen.ts'

/** The one chosen, if it is completed. */
const chosenOfAny = (state: AppState): Snapshot | undefined => {
  const only = chosenOne(state)
  return only?.state === 'completed' ? only : undefined
}
/** The same, if it is the account's own. */
const chosen = (state: AppState): Snapshot | undefined => {
  const only = chosenOfAny(state)
  return only === undefined || isForeign(state.library, only) ? undefined : only
}
const isLocked = ({ lock }: Snapshot) =>
  lock !== null && lockStateOf(lock, Date.now()) !== 'expired'
const when = (test: (snapshot: Snapshot) => boolean) => (state: AppState) => {
  const snapshot = chosen(state)
  return snapshot !== undefined && test(snapshot)
}
const withChosen = (run: (state: AppState, snapshot: Snapshot) => void) => (state: AppState) => {
  const snapshot = chosen(state)
  if (snapshot !== undefined) run(state, snapshot)
}

export const keepingActions: readonly Action[] = [
  {
    id: 'snapshot.tags',
    title: (state) => `Tags of ${chosenName(state)}…`,
    keywords: 'label key value',
    group: 'Snapshot',
    isEnabled: (state) => chosenOfAny(state) !== undefined,
    run: (state) => {
      const snapshot = chosenOfAny(state)
      if (snapshot === undefined) return
      state.openDialog({ kind: 'snapshotTags', snapshotId: snapshot.snapshotId })
    },
  },
  {
    id: 'snapshot.lock',
    title: (state) => `Lock ${chosenName(state)}…`,
    keywords: 'protect governance compliance keep',
    group: 'Snapshot',
    isEnabled: when(() => true),
    whyOff: whyNotOwn,
    run: withChosen((state, { snapshotId }) =>
      state.openDialog({ kind: 'lockSnapshot', snapshotId }),
    ),
  },
  {
    id: 'snapshot.unlock',
    title: (state) => `Unlock ${chosenName(state)}`,
    group: 'Snapshot',
    isEnabled: when(isLocked),
    whyOff: whyNotOwn,
    run: withChosen((state, { snapshotId }) => void state.unlockSnapshot(snapshotId)),
  },
  {
    id: 'snapshot.archive',
    title: (state) => `Archive ${chosenName(state)}…`,
    keywords: 'tier cheap cold',
    group: 'Snapshot',
    isEnabled: when((snapshot) => !isArchived(snapshot)),
    whyOff: whyNotOwn,
    run: withChosen((state, { snapshotId }) =>
      state.openDialog({ kind: 'archiveSnapshot', snapshotId }),
    ),
  },
  {
    id: 'snapshot.restoreTier',
    title: (state) => `Restore ${chosenName(state)} from the archive…`,
    keywords: 'tier standard',
    group: 'Snapshot',
    isEnabled: when(isArchived),
    whyOff: whyNotOwn,
    run: withChosen((state, { snapshotId }) =>
      state.openDialog({ kind: 'restoreTier', snapshotId }),
    ),
  },
  {
    id: 'bin.show',
    title: () => 'Recycle Bin…',
    keywords: 'trash recover deleted undelete',
    group: 'Library',
    isEnabled: (state) => state.library !== null,
    run: (state) => state.openDialog({ kind: 'bin' }),
  },
  {
    id: 'bin.rules',
    title: () => 'Rules of the Recycle Bin…',
    keywords: 'retention trash recover keep days',
    group: 'Library',
    isEnabled: (state) => state.library !== null,
    run: (state) => state.openDialog({ kind: 'binRules' }),
  },
]
