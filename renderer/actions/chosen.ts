import type { Snapshot } from '../../core/contract/model.ts'
import { isForeign, labelOfAccount } from '../state/accounts.ts'
import type { AppState } from '../state/store.ts'
import { chosenSnapshots } from '../state/view.ts'

/** The snapshot that is chosen, if it is the only one. */
export function chosenOne(state: AppState): Snapshot | undefined {
  const [only, ...more] = chosenSnapshots(state)
  return more.length === 0 ? only : undefined
}

/** For titles. */
export function chosenName(state: AppState): string {
  return chosenOne(state)?.name ?? 'snapshot'
}

/** The one that is chosen, if anything can be made of it where it lies. */
export function chosenUsable(state: AppState): Snapshot | undefined {
  const only = chosenOne(state)
  return only?.state === 'completed' && !isArchived(only) ? only : undefined
}

/** The same of those that the account owns. */
export function chosenOwnUsable(state: AppState): Snapshot | undefined {
  const only = chosenUsable(state)
  return only === undefined || isForeign(state.library, only) ? undefined : only
}

export function isArchived({ tiering }: Snapshot): boolean {
  return tiering?.tier === 'archive'
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
