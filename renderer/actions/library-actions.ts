import { wireOf } from '../state/api.ts'
import type { AppState } from '../state/store.ts'
import { joinNames } from '../words/names.ts'
import type { Action } from './action.ts'

const tryShell = async (state: AppState, work: () => Promise<unknown>) => {
  try {
    await work()
  } catch (error) {
    state.tellFailure(wireOf(error))
  }
}

const isOpen = (state: AppState) => state.library !== null
const newestDeletion = (state: AppState) => state.library?.deletions.at(-1)

export const libraryActions: readonly Action[] = [
  {
    id: 'library.open',
    title: () => 'Open a library…',
    shortcut: 'CmdOrCtrl+O',
    group: 'Library',
    isEnabled: () => true,
    run: (state) => tryShell(state, () => state.world.shell.openLibrary({})),
  },
  {
    id: 'library.new',
    title: () => 'New library…',
    shortcut: 'CmdOrCtrl+Shift+N',
    group: 'Library',
    isEnabled: () => true,
    run: (state) => tryShell(state, () => state.world.shell.createLibrary({})),
  },
  {
    id: 'library.practice',
    title: () => 'New practice library',
    keywords: 'example demo try 10 4 2',
    group: 'Library',
    isEnabled: () => true,
    run: (state) => tryShell(state, () => state.world.shell.openPractice({})),
  },
  {
    id: 'undo',
    title: (state) => {
      const newest = newestDeletion(state)
      return newest === undefined ? 'Undo' : `Undo delete ${joinNames(newest.names)}`
    },
    shortcut: 'CmdOrCtrl+Z',
    keywords: 'restore bring back',
    group: 'Library',
    isEnabled: (state) => newestDeletion(state) !== undefined,
    run: (state) => state.undoDeletion(),
  },
  {
    id: 'library.verify',
    title: () => 'Verify the library',
    keywords: 'check integrity damage',
    group: 'Library',
    isEnabled: isOpen,
    run: (state) => state.verify(false),
  },
  {
    id: 'library.verifyDeep',
    title: () => 'Verify, each map worked out twice',
    keywords: 'check integrity damage deep hash',
    group: 'Library',
    isEnabled: isOpen,
    run: (state) => state.verify(true),
  },
  {
    id: 'library.verifyReport',
    title: () => 'Show what verifying found',
    keywords: 'damage problems report',
    group: 'Library',
    isEnabled: (state) => state.verifyReport !== null,
    run: (state) => {
      const { verifyReport: report } = state
      if (report === null) return
      state.dismissOffers('library.verifyReport')
      state.openDialog({ kind: 'verifyReport', report })
    },
  },
  {
    id: 'prices.show',
    title: () => 'Prices…',
    keywords: 'cost money bill currency table price list',
    group: 'Library',
    isEnabled: isOpen,
    run: (state) => state.openDialog({ kind: 'prices' }),
  },
  {
    id: 'library.refresh',
    title: () => 'Look again',
    keywords: 'refresh reload image file',
    group: 'Library',
    isEnabled: isOpen,
    run: (state) => state.refreshLibrary(),
  },
  {
    id: 'library.reclaim',
    title: () => 'Reclaim space now',
    keywords: 'compact free disk garbage',
    group: 'Library',
    isEnabled: (state) =>
      state.library !== null &&
      (state.library.reclaimableBytes > 0 || state.library.deletions.length > 0),
    run: (state) => state.reclaim(),
  },
]
