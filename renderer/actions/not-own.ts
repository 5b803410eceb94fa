import { isForeign, labelOfAccount } from '../state/accounts.ts'
import type { AppState } from '../state/store.ts'
import { chosenSnapshots } from '../state/view.ts'

/** Why what only owners do is off: whose it is. null: all that is chosen is the account's own. */
export function whyNotOwn(state: AppState): string | null {
  const { library } = state
  const foreign = chosenSnapshots(state).find((snapshot) => isForeign(library, snapshot))
  if (library === null || foreign === undefined) return null
  return `${foreign.name} belongs to ${labelOfAccount(library, foreign.ownerId)}`
}
