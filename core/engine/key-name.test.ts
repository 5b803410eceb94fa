import { expect, it } from 'vitest'
import { OWNER_ACCOUNT } from '../contract/account.ts'
import { RegionName } from '../contract/ids.ts'
import { keyName } from './key-name.ts'

const key = { account: OWNER_ACCOUNT, region: RegionName.parse('local') }

it.each([
  ['k', 'k', true],
  ['alias/k', 'k', true],
  [`arn:aws:kms:local:${OWNER_ACCOUNT}:alias/k`, 'k', true],
  [`arn:aws:kms:local:${OWNER_ACCOUNT}:key/k`, 'k', true],
  [`arn:aws:kms:eu-west-1:${OWNER_ACCOUNT}:alias/k`, 'k', false],
  ['arn:aws:kms:local:999999999999:alias/k', 'k', false],
])('%s names a key, and says where it lies if it is an ARN', (text, wanted, isThis) => {
  const name = keyName(text)
  expect([name.wanted, name.mayBe(key)]).toEqual([wanted, isThis])
})
