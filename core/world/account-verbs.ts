import type { Verbs } from '../engine/verb.ts'
import { accountsOf, addAccount, useAccount } from './accounts.ts'

/** Who owns what. */
export const accountVerbs = {
  listAccounts: ({ library }) => accountsOf(library),
  addAccount,
  useAccount,
} satisfies Partial<Verbs>
