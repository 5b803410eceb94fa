import { beforeEach, expect, it } from 'vitest'
import { rememberChoices } from './remembered.ts'
import { isPanelOpen } from './view.ts'
import { storeExample } from './world-example.ts'

beforeEach(() => localStorage.clear())

/** A start of the app in a window of that width. */
function start(widthPx = 1440) {
  const store = storeExample()
  rememberChoices(store, localStorage, widthPx)
  store.getState().setWidth(widthPx)
  return store
}

it('panels, the tab of the dock, the welcome, the time to undo and whether costs are shown outlast a start', () => {
  const first = start().getState()
  first.togglePanel('inspector')
  first.showDock('history')
  first.closeWelcome()
  first.setUndoableMs(3_600_000)
  first.setShowsCosts(false)

  const state = start().getState()
  expect(state).toMatchObject({
    dockTab: 'history',
    isWelcomeClosed: true,
    undoableMs: 3_600_000,
    showsCosts: false,
  })
  expect(isPanelOpen(state, 'inspector')).toBe(false)
  expect(isPanelOpen(state, 'dock')).toBe(true)
  expect(isPanelOpen(state, 'volumes')).toBe(true)
})

it('a panel opened in a narrow window is open at the next start in one', () => {
  start(1100).getState().togglePanel('inspector')
  expect(isPanelOpen(start(1100).getState(), 'inspector')).toBe(true)
})

it('a dock that a question opened is closed again', () => {
  start().getState().lendDock()
  expect(isPanelOpen(start().getState(), 'dock')).toBe(false)
})

it('what cannot be read counts as nothing', () => {
  localStorage.setItem('window', '{"dock":"yes"}')
  expect(isPanelOpen(start().getState(), 'dock')).toBe(false)
  localStorage.setItem('window', 'nonsense')
  expect(start().getState().undoableMs).toBe(600_000)
})
