import type { MessagePort } from 'node:worker_threads'
import type { SystemStore } from '../engine/key-vault.ts'

export type { SystemStore } from '../engine/key-vault.ts'

/*
 * The system's store of secrets, which only the main process reaches, for the engine in its thread.
 * What crosses is the library's key or its sealed form, within one process; both ends wipe the key.
 */

type Asked = { sequence: number; verb: keyof SystemStore; bytes: Uint8Array }
type Told = { sequence: number; bytes: Uint8Array | null }

/** Answers what comes through `port`. It keeps nothing running. */
export function serveSystemStore(port: MessagePort, store: SystemStore): void {
  port.on('message', async ({ sequence, verb, bytes }: Asked) => {
    const given = Buffer.from(bytes)
    const answer = await store[verb](given).catch(() => null)
    port.postMessage({ sequence, bytes: answer } satisfies Told)
    if (verb === 'seal') given.fill(0)
    else answer?.fill(0)
  })
  port.unref()
}

/** The store at the other end of `port`. Rejects what that refused. */
export function systemStoreBehind(port: MessagePort): SystemStore {
  const waiting = new Map<number, (bytes: Uint8Array | null) => void>()
  let asked = 0
  port.on('message', ({ sequence, bytes }: Told) => {
    waiting.get(sequence)?.(bytes)
    waiting.delete(sequence)
  })
  port.unref()
  const ask = async (verb: keyof SystemStore, given: Buffer): Promise<Buffer> => {
    const sequence = ++asked
    const answer = await new Promise<Uint8Array | null>((resolve) => {
      waiting.set(sequence, resolve)
      port.postMessage({ sequence, verb, bytes: given } satisfies Asked)
    })
    if (answer === null) throw new Error(`The system's store of secrets did not ${verb} it`)
    return Buffer.from(answer)
  }
  return { seal: (secret) => ask('seal', secret), unseal: (sealed) => ask('unseal', sealed) }
}
