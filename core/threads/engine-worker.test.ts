import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import type { EngineEvent } from '../contract/events.ts'
import type { SystemStore } from '../engine/key-vault.ts'
import { EngineClient, wireOf } from './engine-client.ts'
import { startEngineThread } from './engine-thread.ts'

const folder = mkdtempSync(join(tmpdir(), 'strata-engine-worker-'))
const clients: EngineClient[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()))
})
afterAll(() => rmSync(folder, { recursive: true }))

function start(store: SystemStore | null = null) {
  const events: EngineEvent[] = []
  const faults: string[] = []
  const client = new EngineClient(startEngineThread(store), {
    onEvent: (event) => events.push(event),
    onStopped: (error) => faults.push(String(error.cause)),
    onFault: (during, stack) => faults.push(`${during}: ${stack}`),
    onSlow: () => {},
  })
  clients.push(client)
  return { client, events, faults }
}

it('makes the example in its thread, and answers with its figures', async () => {
  const { client, faults } = start()
  await client.create(join(folder, 'Practice.strata'), 'example')
  const { snapshots, storedBytes, isPractice } = await client.api.describeLibrary({})
  const gib = (bytes: number) => bytes / 2 ** 30
  expect(
    snapshots.map((s) => [s.name, gib(s.storedHereBytes), gib(s.releasedIfDeletedBytes)]),
  ).toEqual([
    ['A', 10, 4],
    ['B', 4, 0],
    ['C', 2, 2],
  ])
  expect([gib(storedBytes), isPractice]).toEqual([16, true])
  expect(faults).toEqual([])
})

it('finds what was stored before when the library is opened again', async () => {
  const path = join(folder, 'Again.strata')
  const first = start()
  await first.client.create(path, 'nothing')
  await first.client.api.createVolume({ name: 'db', sizeBytes: 2 ** 30 })
  await first.client.close()
  clients.length = 0

  const { client } = start()
  await client.open(path)
  expect((await client.api.describeLibrary({})).volumes.map(({ name }) => name)).toEqual(['db'])
})

it('tells that facts changed', async () => {
  const { client, events } = start()
  await client.create(join(folder, 'Told.strata'), 'nothing')
  await client.api.createVolume({ name: 'db', sizeBytes: 2 ** 30 })
  const { revision } = await client.api.describeLibrary({})
  expect(events).toContainEqual({ kind: 'libraryChanged', revision })
})

it('is refused a library that another thread has, by the name of who has it', async () => {
  const path = join(folder, 'Held.strata')
  await start().client.create(path, 'nothing')
  const refusal = await start()
    .client.open(path)
    .then(() => null, wireOf)
  expect(refusal?.code).toBe('LIBRARY_LOCKED')
  expect(refusal?.message).toContain(`process ${process.pid}`)
})

it('makes no library where one is', async () => {
  const path = join(folder, 'Taken.strata')
  const { client } = start()
  await client.create(path, 'nothing')
  const refusal = await start()
    .client.create(path, 'nothing')
    .then(() => null, wireOf)
  expect(refusal?.code).toBe('LIBRARY_EXISTS')
  expect(existsSync(path)).toBe(true)
})

it('opens keys in its thread with what the system keeps for it', async () => {
  const turned = async (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
  const store: SystemStore = { seal: turned, unseal: turned }
  const path = join(folder, 'Sealed.strata')
  const first = start(store)
  await first.client.create(path, 'nothing')
  const given = { passphrase: 'correct horse battery' }
  expect(await first.client.api.setPassphrase(given)).toEqual({
    state: 'open',
    isKeptBySystem: true,
    recoveryKeyMadeAt: null,
  })
  await first.client.close()
  clients.length = 0

  const { client } = start(store)
  await client.open(path)
  expect((await client.api.describeKeys({})).vault.state).toBe('locked')
  expect(await client.api.createKey({ name: 'backups' })).toMatchObject({ state: 'enabled' })
})
