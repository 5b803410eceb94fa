import { MessageChannel } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { serveSystemStore, systemStoreBehind } from './system-store.ts'

it('a store behind messages seals, unseals, refuses, and never mixes up answers', async () => {
  const { port1, port2 } = new MessageChannel()
  const given: Buffer[] = []
  serveSystemStore(port1, {
    seal: async (secret) => {
      given.push(secret)
      // The first question is answered last.
      if (given.length === 1) await new Promise((resolve) => setTimeout(resolve, 20))
      return Buffer.concat([Buffer.from('sealed '), secret])
    },
    unseal: async (sealed) => {
      if (!sealed.toString().startsWith('sealed ')) throw new Error('of another user')
      return sealed.subarray(7)
    },
  })
  const store = systemStoreBehind(port2)
  const sealed = await Promise.all(['one', 'two'].map((text) => store.seal(Buffer.from(text))))
  expect(sealed.map(String)).toEqual(['sealed one', 'sealed two'])
  expect(String(await store.unseal(sealed[1]!))).toBe('two')
  await expect(store.unseal(Buffer.from('foreign'))).rejects.toThrow('did not unseal')
  expect(given.map((secret) => secret.every((byte) => byte === 0))).toEqual([true, true])
  port1.close()
})
