import type { Snapshot } from '../../core/contract/model.ts'
import { isForeign, labelOfAccount } from '../state/accounts.ts'
import type { AppState } from '../state/store.ts'
import { isArchived, isOwnUsable } from '../state/tiers.ts'
import { chosenSnapshots } from '../state/view.ts'
import type { Action } from './action.ts'

/** The snapshot that is chosen, if it is the only one. Each of the others here narrows this one. */
export function chosenOne(state: AppState): Snapshot | undefined {
  const [only, ...more] = chosenSnapshots(state)
  return more.length === 0 ? only : undefined
}

/** The one that is chosen, if anything can be made of it where it lies. */
export function chosenUsable(state: AppState): Snapshot | undefined {
  return chosenIf(state, (only) => only.state === 'completed' && !isArchived(only))
}

/** The one that is chosen, if the account owns it. */
export function chosenOwn(state: AppState): Snapshot | undefined {
  return chosenIf(state, (only) => !isForeign(state.library, only))
}

/** The own one that is chosen, if it is complete; it may be archived. */
export function chosenOwnCompleted(state: AppState): Snapshot | undefined {
  const own = chosenOwn(state)
  return own?.state === 'completed' ? own : undefined
}

/** The own one that is chosen, if anything can be made of it where it lies. */
export function chosenOwnUsable(state: AppState): Snapshot | undefined {
  return chosenIf(state, (only) => isOwnUsable(state.library, only))
}

function chosenIf(state: AppState, test: (only: Snapshot) => boolean): Snapshot | undefined {
  const only = chosenOne(state)
  return only !== undefined && test(only) ? only : undefined
}

/** When an action on what `find` gives is on, and what it does then. */
export function onChosen(
  find: (state: AppState) => Snapshot | undefined,
  run: (state: AppState, snapshot: Snapshot) => void | Promise<void>,
): Pick<Action, 'isEnabled' | 'run'> {
  return {
    isEnabled: (state) => find(state) !== undefined,
    run: (state) => {
      const snapshot = find(state)
      if (snapshot !== undefined) return run(state, snapshot)
    },
  }
}

/** For titles. */
export function chosenName(state: AppState): string {
  return chosenOne(state)?.name ?? 'snapshot'
}

/** Why nothing can be made of the one chosen; null: something can, or it shows why not. */
export function whyUnusable(state: AppState): string | null {
  const only = chosenOne(state)
  if (only === undefined || !isArchived(only)) return null
  return `${only.name} is archived: restore it from the archive first`
}

/** Why what only owners do is off: whose it is. null: all that is chosen is the account's own. */
export function whyNotOwn(state: AppState): string | null {
  const { library } = state
  const foreign = chosenSnapshots(state).find((snapshot) => isForeign(library, snapshot))
  if (library === null || foreign === undefined) return null
  return `${foreign.name} belongs to ${labelOfAccount(library, foreign.ownerId)}`
}

export function whyNotOwnUsable(state: AppState): string | null {
  return whyNotOwn(state) ?? whyUnusable(state)
}
