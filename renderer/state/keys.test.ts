import { expect, it } from 'vitest'
import { StrataError, toWire } from '../../core/contract/errors.ts'
import { runAction } from '../actions/all.ts'
import { storeExample } from './world-example.ts'

it('a locked key offers to be unlocked, and is not offered once it is', async () => {
  const given: string[] = []
  const store = storeExample({
    unlockKeys: async ({ passphrase }) => {
      given.push(passphrase)
      return { state: 'open', isKeptBySystem: false }
    },
  })
  expect(runAction('keys.unlock', store.getState())).toBe(false)
  store.getState().tellFailure(toWire(new StrataError('KEYS_LOCKED', {})))
  expect(store.getState().notices).toMatchObject([{ actionId: 'keys.unlock' }])
  await store.getState().unlockKeys('correct horse battery')
  expect(given).toEqual(['correct horse battery'])
  expect(store.getState().notices).toMatchObject([{ kind: 'done', title: 'Keys are unlocked' }])
})
