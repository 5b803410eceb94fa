import { expect, it } from 'vitest'
import { AccountId } from '../../core/contract/account.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { library, region } from '../state/library-example.ts'
import { accountProblem, sharedWords } from './account-words.ts'

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
    sharedWords(
      { sharedWith: [], isPublic: false, isPublicBlocked: false, region, ...given },
      labelOf,
    )
  expect(wordsOf({})).toBeNull()
  expect(wordsOf({ sharedWith: [SHOP] })).toBe('Shared with account shop')
  expect(wordsOf({ sharedWith: [SHOP, BANK] })).toBe('Shared with 2 accounts')
  expect(wordsOf({ sharedWith: [SHOP], isPublic: true })).toMatch(/^Public/)
  const blocked = { isPublic: true, isPublicBlocked: true }
  expect(wordsOf(blocked)).toBe('Shared publicly, blocked in local: nobody else gets at it')
  expect(wordsOf({ ...blocked, sharedWith: [SHOP] })).toBe(
    'Shared with account shop; shared publicly, blocked in local',
  )
})
