import { AccountId } from '../../core/contract/account.ts'
import type { RegionName } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'

export const ACCOUNT_RULE = 'Twelve digits, as AWS numbers accounts: 444455556666'

/** Why no account can be added under that id; null: it can. */
export function accountProblem(id: string, library: LibraryView): string | null {
  if (!AccountId.safeParse(id).success) return 'No account can have that id.'
  const isTaken = library.accounts.some(({ accountId }) => accountId === id)
  return isTaken ? 'There is an account of that id already.' : null
}

/** Of what is public and yet nobody else's. */
export const blockedWords = (region: RegionName) => `shared publicly, blocked in ${region}`

/** Beside the choice of everybody, which stays made. */
export const blockedChoiceWords = (region: RegionName) =>
  `Blocked in ${region}: nobody gets at it by this until that is lifted.`

type Shared = Pick<Snapshot, 'sharedWith' | 'isPublic' | 'isPublicBlocked' | 'region'>

/** Who else may read a snapshot, in a line; null: nobody. */
export function sharedWords(
  { isPublic, isPublicBlocked, sharedWith, region }: Shared,
  labelOf: (id: AccountId) => string,
): string | null {
  const withAccounts = withAccountsWords(sharedWith, labelOf)
  if (!isPublic) return withAccounts
  if (!isPublicBlocked) return 'Public: every account may make volumes and copies of it'
  if (withAccounts !== null) return `${withAccounts}; ${blockedWords(region)}`
  return `Shared publicly, blocked in ${region}: nobody else gets at it`
}

function withAccountsWords(
  [only, ...more]: readonly AccountId[],
  labelOf: (id: AccountId) => string,
): string | null {
  if (only === undefined) return null
  return more.length === 0
    ? `Shared with ${labelOf(only)}`
    : `Shared with ${more.length + 1} accounts`
}
