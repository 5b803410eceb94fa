import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, afterEach, expect, it } from 'vitest'
import type { EngineEvent } from '../contract/events.ts'
import { EngineClient, wireOf } from './engine-client.ts'
import { workerFile } from './worker-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'strata-engine-worker-'))
const clients: EngineClient[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()))
})
afterAll(() => rmSync(folder, { recursive: true }))

function start() {
  const events: EngineEvent[] = []
  const faults: string[] = []
  const client = new EngineClient(new Worker(workerFile('engine-worker')), {
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
