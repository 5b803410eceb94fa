import type { Action } from './action.ts'
import { chosenName, chosenUsable, onChosen, whyUnusable } from './chosen.ts'

export const regionActions: readonly Action[] = [
  {
    id: 'snapshot.copy',
    title: (state) => `Copy ${chosenName(state)} to a region…`,
    keywords: 'replicate transfer disaster',
    group: 'Snapshot',
    whyOff: whyUnusable,
    ...onChosen(chosenUsable, (state, { snapshotId }) =>
      state.openDialog({ kind: 'copySnapshot', snapshotId }),
    ),
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
