import { isFastRestoreOn } from '../../core/contract/fast-restore.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { fastRestoreOf } from '../state/fast-restore.ts'
import type { AppState } from '../state/store.ts'
import { chosenSnapshots } from '../state/view.ts'
import type { Action } from './action.ts'

/** The one chosen, if volumes can be made of it: another account's, too. */
const chosen = (state: AppState): Snapshot | undefined => {
  const [only, ...more] = chosenSnapshots(state)
  const isUsable = only?.state === 'completed' && only.tiering?.tier !== 'archive'
  return isUsable && more.length === 0 ? only : undefined
}

const isOn = ({ library }: AppState, { snapshotId }: Snapshot) => {
  const fast = fastRestoreOf(library, snapshotId)
  return fast !== null && isFastRestoreOn(fast)
}

export const fastRestoreActions: readonly Action[] = [
  {
    id: 'snapshot.fastRestore',
    title: (state) => {
      const snapshot = chosen(state)
      if (snapshot === undefined) return 'Switch fast restore on'
      return `Switch fast restore of ${snapshot.name} ${isOn(state, snapshot) ? 'off' : 'on'}`
    },
    keywords: 'fsr volume initialized credits',
    group: 'Snapshot',
    isEnabled: (state) => chosen(state) !== undefined,
    run: (state) => {
      const snapshot = chosen(state)
      if (snapshot === undefined) return
      void state.setFastRestore(snapshot.snapshotId, !isOn(state, snapshot))
    },
  },
]
