import { afterEach, expect, it, vi } from 'vitest'
import { lockStateOf } from '../contract/locks.ts'
import { blocks, Scene } from '../engine/testing/scene.ts'

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
