import { z } from 'zod'
import { Account } from './account.ts'
import { rawText } from './call-parts.ts'

/** Requests about who owns things. */
export const accountCalls = {
  /** Oldest first; at least one. */
  listAccounts: { input: z.strictObject({}), output: z.array(Account) },
  addAccount: {
    input: z.strictObject({ accountId: rawText, name: rawText.optional() }),
    output: Account,
  },
  /** Whose new volumes, snapshots and copies are from now on. `account` is an id or a name. */
  useAccount: { input: z.strictObject({ account: rawText }), output: Account },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
