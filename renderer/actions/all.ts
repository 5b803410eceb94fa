import type { AppState } from '../state/store.ts'
import { accountActions } from './account-actions.ts'
import type { Action } from './action.ts'
import { fastRestoreActions } from './fast-restore-actions.ts'
import { imageActions } from './image-actions.ts'
import { keepingActions } from './keeping-actions.ts'
import { keyActions } from './key-actions.ts'
import { libraryActions } from './library-actions.ts'
import { policyActions } from './policy-actions.ts'
import { regionActions } from './region-actions.ts'
import { snapshotActions } from './snapshot-actions.ts'
import { viewActions } from './view-actions.ts'
import { volumeActions } from './volume-actions.ts'

export const actions: readonly Action[] = [
  ...volumeActions,
  ...snapshotActions,
  ...regionActions,
  ...accountActions,
  ...keepingActions,
  ...policyActions,
  ...fastRestoreActions,
  ...imageActions,
  ...keyActions,
  ...libraryActions,
  ...viewActions,
]

const byId = new Map(actions.map((action) => [action.id, action]))

/** @throws Error for an id that no action has: a mistake in the code */
export function actionById(id: string): Action {
  const action = byId.get(id)
  if (action === undefined) throw new Error(`There is no action ${id}`)
  return action
}

/** Runs an action if it can run now. @returns whether it did */
export function runAction(id: string, state: AppState): boolean {
  const action = byId.get(id)
  if (action === undefined || !action.isEnabled(state)) return false
  void action.run(state)
  return true
}
