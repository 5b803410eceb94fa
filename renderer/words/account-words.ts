import { AccountId } from '../../core/contract/account.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'

export const ACCOUNT_RULE = 'Twelve digits, as AWS numbers accounts: 444455556666'

/** Why no account can be added under that id; null: it can. */
export function accountProblem(id: string, library: LibraryView): string | null {
  if (!AccountId.safeParse(id).success) return 'No account can have that id.'
  const isTaken = library.accounts.some(({ accountId }) => accountId === id)
  return isTaken ? 'There is an account of that id already.' : null
}

/** Who else may read a snapshot, in a line; null: nobody. */
export function sharedWords(
  { sharedWith, isPublic }: Pick<Snapshot, 'sharedWith' | 'isPublic'>,
  labelOf: (id: AccountId) => string,
): string | null {
  if (isPublic) return 'Public: every account may make volumes and copies of it'
  const [only, ...more] = sharedWith
  if (only === undefined) return null
  return more.length === 0
    ? `Shared with ${labelOf(only)}`
    : `Shared with ${sharedWith.length} accounts`
}
