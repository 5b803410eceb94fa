import type { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import { Grantee, MAX_GRANTEES } from '../contract/sharing.ts'

/**
 * Those that a request names, each once, without the owner, which has all rights already.
 *
 * @throws StrataError InvalidAMIAttributeItemValue, TOO_MANY_GRANTEES
 */
export function namedGrantees(texts: readonly string[], owner: AccountId): Grantee[] {
  if (texts.length > MAX_GRANTEES) {
    throw new StrataError('TOO_MANY_GRANTEES', { limit: MAX_GRANTEES })
  }
  const grantees = texts.map((text) => {
    const parsed = Grantee.safeParse(text)
    if (parsed.success) return parsed.data
    throw new StrataError('InvalidAMIAttributeItemValue', { account: text })
  })
  return [...new Set(grantees)].filter((grantee) => grantee !== owner)
}

export const asOptions = (option: '--add' | '--remove', grantees: readonly Grantee[]) =>
  grantees.flatMap((grantee) => [option, grantee])

export const inWords = (grantees: readonly Grantee[]) =>
  grantees.map((grantee) => (grantee === 'all' ? 'everybody' : grantee)).join(', ')
