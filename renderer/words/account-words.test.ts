import { expect, it } from 'vitest'
import { AccountId } from '../../core/contract/account.ts'
import { library } from '../state/library-example.ts'
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
  expect(sharedWords({ sharedWith: [], isPublic: false }, labelOf)).toBeNull()
  expect(sharedWords({ sharedWith: [SHOP], isPublic: false }, labelOf)).toBe(
    'Shared with account shop',
  )
  expect(sharedWords({ sharedWith: [SHOP, BANK], isPublic: false }, labelOf)).toBe(
    'Shared with 2 accounts',
  )
  expect(sharedWords({ sharedWith: [SHOP], isPublic: true }, labelOf)).toMatch(/^Public/)
})
