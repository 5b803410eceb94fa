import { isFastRestoreOn } from '../../core/contract/fast-restore.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { fastRestoreOf } from '../state/fast-restore.ts'
import type { AppState } from '../state/store.ts'
import type { Action } from './action.ts'
import { chosenUsable, onChosen, whyUnusable } from './chosen.ts'

const isOn = ({ library }: AppState, { snapshotId }: Snapshot) => {
  const fast = fastRestoreOf(library, snapshotId)
  return fast !== null && isFastRestoreOn(fast)
}

export const fastRestoreActions: readonly Action[] = [
  {
    id: 'snapshot.fastRestore',
    title: (state) => {
      const snapshot = chosenUsable(state)
      if (snapshot === undefined) return 'Switch fast restore on'
      return `Switch fast restore of ${snapshot.name} ${isOn(state, snapshot) ? 'off' : 'on'}`
    },
    keywords: 'fsr volume initialized credits',
    group: 'Snapshot',
    whyOff: whyUnusable,
    ...onChosen(chosenUsable, (state, snapshot) =>
      state.setFastRestore(snapshot.snapshotId, !isOn(state, snapshot)),
    ),
  },
]
