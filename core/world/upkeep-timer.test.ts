import { afterEach, expect, it, vi } from 'vitest'
import { lockStateOf } from '../contract/locks.ts'
import { HeldQueue } from '../engine/testing/held-queue.ts'
import { blocks, Scene } from '../engine/testing/scene.ts'
import { UpkeepTimer } from './upkeep-timer.ts'

const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

afterEach(() => void vi.useRealTimers())

it('whatever runs out by the clock is told when its moment comes, though nobody asks', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const scene = await Scene.begin({ vault })
  const { engine } = scene
  const volumeId = await scene.managed(blocks(3))
  const taken = async (name: string) => {
    await scene.fill(volumeId, 0, blocks(1), name)
    return scene.snapshot(volumeId, { name })
  }
  const [locked, fast, binned, archived] = [
    await taken('locked'),
    await taken('fast'),
    await taken('binned'),
    await taken('archived'),
  ]
  /** Moves the clock on. @returns what the engine told by itself, its jobs aside */
  const told = (ms: number) => {
    scene.nowMs += ms
    const before = scene.events.length
    vi.advanceTimersByTime(MINUTE_MS)
    const later = scene.events.slice(before).map(({ kind }) => kind)
    return new Set(later.filter((kind) => kind !== 'job'))
  }
  const change = new Set(['worldEvent', 'libraryChanged'])

  await engine.lockSnapshot({ snapshotId: locked, mode: 'compliance', days: 1, coolOffHours: 2 })
  expect(told(HOUR_MS)).toEqual(new Set())
  expect(told(HOUR_MS)).toEqual(new Set(['momentPassed']))
  const lockState = async () => lockStateOf((await scene.snapshotOf(locked)).lock!, scene.nowMs)
  expect(await lockState()).toBe('compliance')
  expect(told(DAY_MS)).toEqual(new Set(['momentPassed']))
  expect(await lockState()).toBe('expired')
  expect(told(DAY_MS)).toEqual(new Set())

  await engine.setFastRestore({ snapshotId: fast, isOn: true })
  expect(told(HOUR_MS)).toEqual(change)
  expect((await scene.view()).fastRestores).toMatchObject([{ state: 'enabled' }])

  await engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
  await scene.remove([binned])
  expect(told(DAY_MS)).toEqual(change)
  expect(await scene.view()).toMatchObject({ bin: [] })

  await engine.createKey({ name: 'mine' })
  await engine.scheduleKeyDeletion({ key: 'mine', days: 7 })
  expect(told(7 * DAY_MS)).toEqual(new Set(['libraryChanged']))

  await scene.done(await engine.archiveSnapshot({ snapshotId: archived }))
  await scene.done(await engine.restoreTier({ snapshotId: archived, days: 1 }))
  told(DAY_MS)
  await vi.waitFor(async () =>
    expect(await scene.snapshotOf(archived)).toMatchObject({ tiering: { tier: 'archive' } }),
  )
  await scene.reopen()
  expect(told(0)).toEqual(new Set())
})

it('what fails when its time has come is tried again, and keeps nothing else from its own', async () => {
  const scene = await Scene.begin({ vault })
  const { engine } = scene
  const volumeId = await scene.managed(blocks(1))
  const binned = await scene.snapshot(volumeId)
  await engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
  await scene.remove([binned])
  await engine.createKey({ name: 'mine' })
  await engine.scheduleKeyDeletion({ key: 'mine', days: 7 })
  const held = await HeldQueue.begin(scene, volumeId)
  const { library } = held.context
  scene.nowMs += 7 * DAY_MS
  const full = new Error('no room')
  const leaving = vi.spyOn(library.snapshots, 'exitBin').mockImplementation(() => {
    throw full
  })
  const failures: unknown[] = []
  const timer = new UpkeepTimer(held.context, {
    runsPolicies: false,
    onEvent: () => {},
    log: (error) => failures.push(error),
  })
  timer.run()
  expect(failures).toEqual([full])
  expect(library.masterKeys.all()).toEqual([])
  expect(library.snapshotRows().get(binned)).toMatchObject({ state: 'recoverable' })
  leaving.mockRestore()
  timer.run()
  expect(library.snapshotRows().get(binned)).toMatchObject({ state: 'recoverable' })
  scene.nowMs += MINUTE_MS
  timer.run()
  expect(failures).toHaveLength(1)
  expect(library.snapshotRows().get(binned)?.state).not.toBe('recoverable')
  timer.end()
  await held.release()
})
