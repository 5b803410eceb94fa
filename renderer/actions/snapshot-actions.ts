import type { Snapshot } from '../../core/contract/model.ts'
import { isForeign } from '../state/accounts.ts'
import { wireOf } from '../state/api.ts'
import type { AppState } from '../state/store.ts'
import { snapshotsOfTree } from '../state/tree.ts'
import { chosenSnapshots } from '../state/view.ts'
import { count } from '../words/names.ts'
import { confirmLabel } from '../words/plan-words.ts'
import type { Action } from './action.ts'
import {
  chosenName,
  chosenOne,
  chosenOwn,
  chosenUsable,
  onChosen,
  whyNotOwn,
  whyUnusable,
} from './chosen.ts'

const isOwn = (state: AppState) =>
  chosenSnapshots(state).every((snapshot) => !isForeign(state.library, snapshot))
const readable = (state: AppState) => {
  const usable = chosenUsable(state)
  return usable?.hasDirectReads === true ? usable : undefined
}
const whyNotReadable = (state: AppState) => {
  const snapshot = chosenOne(state)
  if (snapshot === undefined || snapshot.hasDirectReads) return whyUnusable(state)
  return `${snapshot.name} is only public: volumes and copies can be made of it, but its blocks are read by accounts that it is shared with`
}
const isIdle = (state: AppState) => state.deletion.step !== 'deleting'

export const snapshotActions: readonly Action[] = [
  {
    id: 'deletion.preview',
    title: (state) => {
      const chosen = chosenSnapshots(state)
      if (chosen.length === 0) return 'Preview delete'
      return `Preview delete of ${chosen.length === 1 ? chosen[0]?.name : count(chosen.length, 'snapshot')}`
    },
    shortcut: 'Delete',
    keywords: 'remove free space what if',
    group: 'Snapshot',
    isEnabled: (state) => chosenSnapshots(state).length > 0 && isOwn(state) && isIdle(state),
    whyOff: whyNotOwn,
    run: (state) => state.previewDeletion(chosenSnapshots(state).map((s) => s.snapshotId)),
  },
  {
    id: 'deletion.confirm',
    title: ({ deletion }) =>
      deletion.step === 'preview' ? confirmLabel(deletion.plan) : 'Delete what is previewed',
    shortcut: 'CmdOrCtrl+Enter',
    group: 'Snapshot',
    isEnabled: ({ deletion }) => deletion.step === 'preview' && deletion.plan.pinned.length === 0,
    run: (state) => state.confirmDeletion(),
  },
  {
    id: 'deletion.cancel',
    title: () => 'Leave the preview',
    group: 'Snapshot',
    isEnabled: (state) => state.deletion.step !== 'none' && isIdle(state),
    run: (state) => state.closeDeletion(),
  },
  {
    id: 'snapshot.rename',
    title: (state) => `Rename ${chosenName(state)}…`,
    shortcut: 'F2',
    group: 'Snapshot',
    whyOff: whyNotOwn,
    ...onChosen(chosenOwn, (state, { snapshotId }) =>
      state.openDialog({ kind: 'renameSnapshot', snapshotId }),
    ),
  },
  {
    id: 'snapshot.restore',
    title: (state) => `Restore ${chosenName(state)} to a file…`,
    shortcut: 'CmdOrCtrl+Shift+S',
    keywords: 'export save image write out',
    group: 'Snapshot',
    whyOff: whyNotReadable,
    ...onChosen(readable, restoreToFile),
  },
  {
    id: 'snapshot.toVolume',
    title: (state) => `New volume from ${chosenName(state)}…`,
    keywords: 'clone branch fork',
    group: 'Snapshot',
    whyOff: whyUnusable,
    ...onChosen(chosenUsable, (state, { snapshotId }) =>
      state.openDialog({ kind: 'fromSnapshot', snapshotId }),
    ),
  },
  {
    id: 'snapshot.describe',
    title: (state) => `Describe ${chosenName(state)}`,
    shortcut: 'D',
    keywords: 'ec2 aws DescribeSnapshots json fields',
    group: 'Snapshot',
    ...onChosen(chosenOne, (state, { snapshotId }) =>
      state.openDialog({ kind: 'describe', snapshotId }),
    ),
  },
  {
    id: 'selection.all',
    title: () => 'Select all snapshots',
    shortcut: 'CmdOrCtrl+A',
    group: 'Snapshot',
    isEnabled: (state) => state.library !== null && state.volumeId !== null,
    run: (state) => {
      if (state.library === null || state.volumeId === null) return
      const all = snapshotsOfTree(state.library, state.volumeId)
      state.select(
        all.map((s) => s.snapshotId),
        'one',
      )
    },
  },
  {
    id: 'selection.none',
    title: () => 'Select nothing',
    group: 'Snapshot',
    isEnabled: (state) => state.selection.length > 0,
    run: (state) => state.select([], 'one'),
  },
]

async function restoreToFile(state: AppState, snapshot: Snapshot): Promise<void> {
  try {
    const suggestedName = `${snapshot.name.replaceAll(/[/\\]/g, '-').slice(0, 200)}.img`
    const file = await state.world.shell.chooseRestoreTarget({ suggestedName })
    // A file that is there already has a size: the system's dialog has asked about it.
    if (file !== null) await state.restore(snapshot.snapshotId, file, file.sizeBytes !== null)
  } catch (error) {
    state.tellFailure(wireOf(error))
  }
}
