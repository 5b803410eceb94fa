import { expect, it } from 'vitest'
import { AccountId } from '../../core/contract/account.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { library, region } from '../state/library-example.ts'
import {
  accountProblem,
  publicChoiceProblem,
  publicWords,
  withAccountsWords,
} from './account-words.ts'

const SHOP = AccountId.parse('444455556666')
const BANK = AccountId.parse('777788889999')

it('says why an account cannot be added', () => {
  const view = library()
  const [known] = view.accounts
  expect(accountProblem('4444', view)).toMatch(/No account/)
  expect(accountProblem(known!.accountId, view)).toMatch(/already/)
  expect(accountProblem(SHOP, view)).toBeNull()
})

it('says who else may read a snapshot', () => {
  const labelOf = (id: AccountId) => (id === SHOP ? 'account shop' : id)
  const wordsOf = (given: Partial<Snapshot>) =>
    publicWords({ sharedWith: [], isPublic: false, isPublicBlocked: false, region, ...given })
  expect(withAccountsWords([], labelOf)).toBeNull()
  expect(withAccountsWords([SHOP], labelOf)).toBe('Shared with account shop')
  expect(withAccountsWords([SHOP, BANK], labelOf)).toBe('Shared with 2 accounts')
  expect(wordsOf({})).toBeNull()
  expect(wordsOf({ isPublic: true })).toMatch(/^Public/)
  const blocked = { isPublic: true, isPublicBlocked: true }
  expect(wordsOf(blocked)).toBe('Shared publicly, blocked in local: nobody else gets at it')
  expect(wordsOf({ ...blocked, sharedWith: [SHOP] })).toMatch(/: no other account gets at it$/)
})

it('says why something cannot be made public, and nothing of what is', () => {
  const access = { ownerId: SHOP, region, state: 'block-new-sharing' as const }
  const mine = { region, isPublic: false }
  expect(publicChoiceProblem(access, mine)).toMatch(/^Blocked in local: nothing more /)
  expect(publicChoiceProblem(access, { region, isPublic: true })).toBeNull()
  expect(publicChoiceProblem({ ...access, state: 'unblocked' }, mine)).toBeNull()
  expect(publicChoiceProblem(null, mine)).toBeNull()
})
