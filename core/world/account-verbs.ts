import type { Verbs } from '../engine/verb.ts'
import { accountsOf, addAccount, useAccount } from './accounts.ts'
import { getPublicAccess, setPublicAccess } from './public-access.ts'
import { listPermissions, shareSnapshot } from './sharing.ts'

/** Who owns what, and what others may reach. */
export const accountVerbs = {
  listAccounts: ({ library }) => accountsOf(library),
  addAccount,
  useAccount,

  shareSnapshot,
  listPermissions,
  getPublicAccess,
  setPublicAccess,
} satisfies Partial<Verbs>
