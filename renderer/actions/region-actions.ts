import type { AppState } from '../state/store.ts'
import { chosenSnapshots } from '../state/view.ts'
import type { Action } from './action.ts'

const single = (state: AppState) => {
  const [only, ...more] = chosenSnapshots(state)
  return only?.state === 'completed' && more.length === 0 ? only : undefined
}

export const regionActions: readonly Action[] = [
  {
    id: 'snapshot.copy',
    title: (state) => `Copy ${single(state)?.name ?? 'snapshot'} to a region…`,
    keywords: 'replicate transfer disaster',
    group: 'Snapshot',
    isEnabled: (state) => single(state) !== undefined,
    run: (state) => {
      const snapshot = single(state)
      if (snapshot === undefined) return
      state.openDialog({ kind: 'copySnapshot', snapshotId: snapshot.snapshotId })
    },
  },
  {
    id: 'region.add',
    title: () => 'Add a region…',
    keywords: 'new place location',
    group: 'Library',
    isEnabled: (state) => state.library !== null,
    run: (state) => state.openDialog({ kind: 'addRegion' }),
  },
]
