import { z } from 'zod'

/** Who owns things, as in AWS: twelve digits. */
export const AccountId = z
  .string()
  .regex(/^\d{12}$/)
  .brand<'AccountId'>()
export type AccountId = z.infer<typeof AccountId>

/** The owner of all that a library holds: one of the accounts that AWS keeps for examples. */
export const OWNER_ACCOUNT = AccountId.parse('111122223333')
