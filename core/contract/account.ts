import { z } from 'zod'
import { Bytes } from './ids.ts'

/** Who owns things, as in AWS: twelve digits. */
export const AccountId = z
  .string()
  .regex(/^\d{12}$/)
  .brand<'AccountId'>()
export type AccountId = z.infer<typeof AccountId>

/** The first account of a library: one of those that AWS keeps for examples. */
export const OWNER_ACCOUNT = AccountId.parse('111122223333')

/** What one account owns. */
export const Account = z.strictObject({
  accountId: AccountId,
  /** What people call it; may be empty. */
  name: z.string(),
  isCurrent: z.boolean(),
  snapshotCount: z.int(),
  volumeCount: z.int(),
  /** Distinct blocks that its snapshots hold. Sums over accounts to the library's. */
  storedBytes: Bytes,
})
export type Account = z.infer<typeof Account>
