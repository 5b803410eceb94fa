import { expect, it, vi } from 'vitest'
import { type EventQuery, MAX_EVENTS } from '../../core/contract/event-query.ts'
import type { WorldEvent } from '../../core/contract/world-events.ts'
import { failedCopy, takenEvent, volumeMade } from './event-example.ts'
import { storeExample } from './world-example.ts'

const idsIn = (events: readonly WorldEvent[] | null) => events?.map(({ id }) => id)

it('lists the newest first, and puts what comes on top of them', async () => {
  const store = storeExample({ listEvents: async () => [volumeMade(1), takenEvent(2)] })
  await store.getState().refreshWorldEvents()
  store.getState().noteWorldEvent(failedCopy(3))
  const expected = [failedCopy(3), takenEvent(2), volumeMade(1)]
  expect(store.getState().worldEvents).toEqual(expected)
})

it('an event that comes while the log is being read is there once', async () => {
  let answer: (events: WorldEvent[]) => void = () => undefined
  const listEvents = () => new Promise<WorldEvent[]>((resolve) => (answer = resolve))
  const store = storeExample({ listEvents })
  const { refreshWorldEvents, noteWorldEvent } = store.getState()
  const read = refreshWorldEvents()
  noteWorldEvent(takenEvent(2))
  noteWorldEvent(failedCopy(3))
  answer([volumeMade(1), takenEvent(2)])
  await read
  expect(idsIn(store.getState().worldEvents)).toEqual(
    idsIn([failedCopy(3), takenEvent(2), volumeMade(1)]),
  )
})

it('reads on where the list ends, up to what it keeps, and says that there is more', async () => {
  const log = Array.from({ length: 12_500 }, (_, i) => takenEvent(i))
  const listEvents = vi.fn(async ({ beforeId, limit = MAX_EVENTS }: EventQuery) => {
    const end = beforeId === undefined ? log.length : log.findIndex(({ id }) => id === beforeId)
    return log.slice(Math.max(0, end - limit), end)
  })
  const store = storeExample({ listEvents })
  await store.getState().filterEvents({ type: 'createSnapshot' })
  const { readOlderEvents, noteWorldEvent } = store.getState()
  await Promise.all([readOlderEvents(), readOlderEvents()])
  expect(listEvents).toHaveBeenCalledTimes(2)
  expect(listEvents).toHaveBeenLastCalledWith({
    ...{ type: 'createSnapshot', limit: MAX_EVENTS, beforeId: log[11_500]!.id },
  })
  expect(idsIn(store.getState().worldEvents)).toEqual(idsIn(log.slice(10_500).reverse()))
  for (let i = 0; i < 20; i += 1) await readOlderEvents()
  expect(listEvents).toHaveBeenCalledTimes(10)
  noteWorldEvent(takenEvent(12_500))
  const { worldEvents, hasOlderEvents } = store.getState()
  expect([worldEvents!.length, hasOlderEvents]).toEqual([10_000, true])
  log.splice(0, log.length, ...log.slice(0, 1_500))
  await store.getState().refreshWorldEvents()
  await store.getState().readOlderEvents()
  expect(store.getState()).toMatchObject({ hasOlderEvents: false })
  expect(store.getState().worldEvents).toHaveLength(1_500)
})

it('a filter is asked of the engine, and holds for what comes', async () => {
  const listEvents = vi.fn().mockResolvedValue([])
  const store = storeExample({ listEvents })
  await store.getState().filterEvents({ type: 'copySnapshot', result: 'failed' })
  expect(listEvents).toHaveBeenLastCalledWith({
    type: 'copySnapshot',
    result: 'failed',
    limit: MAX_EVENTS,
  })
  store.getState().noteWorldEvent(takenEvent(2))
  store.getState().noteWorldEvent(failedCopy(3))
  expect(store.getState().worldEvents).toEqual([failedCopy(3)])
})

it('says why the log cannot be read, and reads it when asked again', async () => {
  const listEvents = vi.fn().mockRejectedValueOnce(new Error('gone')).mockResolvedValue([])
  const store = storeExample({ listEvents })
  await store.getState().refreshWorldEvents()
  expect(store.getState().worldLogError).not.toBeNull()
  expect(store.getState().worldEvents).toBeNull()
  await store.getState().refreshWorldEvents()
  expect(store.getState()).toMatchObject({ worldLogError: null, worldEvents: [] })
})

it('another library has another log', async () => {
  const store = storeExample({ listEvents: async () => [takenEvent(1)] })
  await store.getState().filterEvents({ type: 'createSnapshot' })
  store.getState().forgetWorldEvents()
  expect(store.getState()).toMatchObject({ worldEvents: null, eventFilter: {} })
})
