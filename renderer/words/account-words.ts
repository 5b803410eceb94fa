import { AccountId } from '../../core/contract/account.ts'
import type { RegionName } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import type { PublicAccess } from '../../core/contract/sharing.ts'

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

/** Why that choice cannot be made now; null: it can, or it is not known. */
export function publicChoiceProblem(
  access: PublicAccess | null,
  { region, isPublic }: Pick<Snapshot, 'region' | 'isPublic'>,
): string | null {
  if (isPublic || access?.region !== region || access.state === 'unblocked') return null
  return `Blocked in ${region}: nothing more can be made public there until that is lifted.`
}

type Public = Pick<Snapshot, 'sharedWith' | 'isPublic' | 'isPublicBlocked' | 'region'>

/** What being public comes to for a snapshot; null: it is not. */
export function publicWords(snapshot: Public): string | null {
  const { isPublic, isPublicBlocked, sharedWith, region } = snapshot
  if (!isPublic) return null
  if (!isPublicBlocked) return 'Public: every account may make volumes and copies of it'
  const others = sharedWith.length === 0 ? 'nobody else' : 'no other account'
  return `Shared publicly, blocked in ${region}: ${others} gets at it`
}

/** Which other accounts may read a snapshot, in a line; null: none. */
export function withAccountsWords(
  [only, ...more]: readonly AccountId[],
  labelOf: (id: AccountId) => string,
): string | null {
  if (only === undefined) return null
  return more.length === 0
    ? `Shared with ${labelOf(only)}`
    : `Shared with ${more.length + 1} accounts`
}
