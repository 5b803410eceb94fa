import { wireOf } from '../state/api.ts'
import type { AppState, AppStore } from '../state/store.ts'
import { actions } from './all.ts'

/** What the contract takes; names in titles can be longer. */
const MAX_TITLE_LENGTH = 120

/**
 * Tells the application's menu what each action is called and whether it can run, when that
 * changes.
 *
 * @returns a function that stops telling
 */
export function reportActions(store: AppStore): () => void {
  let told = ''
  const report = (state: AppState) => {
    const now = actions.map((action) => ({
      id: action.id,
      title: action.title(state).slice(0, MAX_TITLE_LENGTH),
      isEnabled: action.isEnabled(state),
      shortcut: action.shortcut,
    }))
    const text = JSON.stringify(now)
    if (text === told) return
    told = text
    state.world.shell
      .reportActions({ actions: now })
      .catch((error) => state.tellFailure(wireOf(error)))
  }
  report(store.getState())
  return store.subscribe(report)
}
