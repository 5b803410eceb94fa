import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Input } from '../contract/calls.ts'
import { lockStateOf } from '../contract/locks.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { noise } from '../testing/make-image.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type Wish = Omit<Input<'lockSnapshot'>, 'snapshotId'>

async function one() {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(2))
  await scene.fill(volumeId, 0, blocks(1), 'a')
  const snapshotId = await scene.snapshot(volumeId, { name: 'A' })
  return {
    scene,
    snapshotId,
    lock: (wish: Wish) => scene.engine.lockSnapshot({ snapshotId, ...wish }),
    unlock: () => scene.engine.unlockSnapshot({ snapshotId }),
    state: async () => lockStateOf((await scene.snapshotOf(snapshotId)).lock!, scene.nowMs),
    pins: async () => (await scene.engine.planDeletion({ snapshotIds: [snapshotId] })).pinned,
  }
}

const refusal = (code: string) => expect.objectContaining({ code })

it('F17: a locked snapshot is not deleted until its days are over, and the plan says so', async () => {
  const { scene, snapshotId, lock, state, pins } = await one()
  const { startsAt, expiresAt } = await lock({ mode: 'governance', days: 2 })
  expect(expiresAt! - startsAt!).toBe(2 * DAY_MS)
  const [pin, ...more] = await pins()
  expect(more).toEqual([])
  expect(pin).toMatchObject({ snapshotId, reason: { code: 'SNAPSHOT_LOCKED' } })
  expect(pin!.reason.message).toContain(new Date(expiresAt!).toISOString())
  await expect(scene.remove([snapshotId])).rejects.toEqual(refusal('SNAPSHOT_LOCKED'))
  await scene.reopen()
  await expect(scene.remove([snapshotId])).rejects.toEqual(refusal('SNAPSHOT_LOCKED'))
  scene.nowMs = expiresAt!
  expect(await state()).toBe('expired')
  expect(await pins()).toEqual([])
  await scene.remove([snapshotId])
  expect((await scene.view()).snapshots).toEqual([])
})

it('F17: a governance lock is shortened, switched and taken away; a second unlock has nothing to do', async () => {
  const { lock, unlock, state, pins } = await one()
  await lock({ mode: 'governance', days: 36_500 })
  await lock({ mode: 'governance', days: 1 })
  await lock({ mode: 'compliance', days: 1, coolOffHours: 72 })
  expect(await state()).toBe('compliance-cooloff')
  await lock({ mode: 'governance', days: 1 })
  await unlock()
  expect(await pins()).toEqual([])
  await expect(unlock()).rejects.toEqual(refusal('SNAPSHOT_NOT_LOCKED'))
})

it('F17: after its cooling-off period a compliance lock only gets longer', async () => {
  const { scene, lock, unlock, state } = await one()
  const { coolOffUntil } = await lock({ mode: 'compliance', days: 10, coolOffHours: 1 })
  scene.nowMs = coolOffUntil! - 1_000
  expect(await state()).toBe('compliance-cooloff')
  scene.nowMs = coolOffUntil!
  expect(await state()).toBe('compliance')
  await expect(unlock()).rejects.toEqual(refusal('LOCK_IS_COMPLIANCE'))
  await expect(lock({ mode: 'governance', days: 20 })).rejects.toEqual(
    refusal('LOCK_IS_COMPLIANCE'),
  )
  await expect(lock({ mode: 'compliance', days: 9 })).rejects.toEqual(refusal('LOCK_IS_COMPLIANCE'))
  const again: Wish = { mode: 'compliance', days: 11, coolOffHours: 1 }
  await expect(lock(again)).rejects.toEqual(refusal('LOCK_COOL_OFF_REFUSED'))
  const { expiresAt } = await lock({ mode: 'compliance', days: 11 })
  expect(expiresAt).toBeGreaterThan(scene.nowMs + 10 * DAY_MS)
})

it('F17: bad wishes change nothing; a lock without a cooling-off period holds at once', async () => {
  const { scene, lock, unlock } = await one()
  const bad: [Wish, string][] = [
    [{ mode: 'governance' }, 'LOCK_TIME_REFUSED'],
    [{ mode: 'governance', days: 1, expiresAt: scene.nowMs + DAY_MS }, 'LOCK_TIME_REFUSED'],
    [{ mode: 'governance', expiresAt: scene.nowMs - 1 }, 'LOCK_TIME_REFUSED'],
    [{ mode: 'governance', days: 36_501 }, 'LOCK_TIME_REFUSED'],
    [{ mode: 'governance', days: 0 }, 'LOCK_TIME_REFUSED'],
    [{ mode: 'compliance', days: 1, coolOffHours: 73 }, 'LOCK_COOL_OFF_REFUSED'],
    [{ mode: 'compliance', days: 1, coolOffHours: 0 }, 'LOCK_COOL_OFF_REFUSED'],
    [{ mode: 'governance', days: 1, coolOffHours: 1 }, 'LOCK_COOL_OFF_REFUSED'],
  ]
  for (const [wish, code] of bad) await expect(lock(wish)).rejects.toEqual(refusal(code))
  await expect(unlock()).rejects.toEqual(refusal('SNAPSHOT_NOT_LOCKED'))
  await lock({ mode: 'compliance', expiresAt: scene.nowMs + DAY_MS })
  await expect(unlock()).rejects.toEqual(refusal('LOCK_IS_COMPLIANCE'))
})

it('F17: the days of a pending snapshot count from its completion', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(2))
  const { jobId, snapshotId } = await scene.engine.takeSnapshot({ volumeId })
  const lock = await scene.engine.lockSnapshot({ snapshotId, mode: 'governance', days: 1 })
  expect(lock).toMatchObject({ startsAt: null, expiresAt: null })
  await scene.done({ jobId })
  const { completedAt, lock: told } = await scene.snapshotOf(snapshotId)
  expect(told!.expiresAt).toBe(completedAt! + DAY_MS)
})

it('F17: what failed is not locked, and loses the lock that it had while it was pending', async () => {
  const scene = await Scene.begin()
  const file = scene.image(noises(1, 2))
  const volumeId = await scene.linked(file)
  const [taken, lost] = [
    await scene.engine.takeSnapshot({ volumeId }),
    await scene.engine.takeSnapshot({ volumeId }),
  ]
  for (const { snapshotId } of [taken, lost]) {
    await scene.engine.lockSnapshot({ snapshotId, mode: 'compliance', days: 1 })
  }
  writeFileSync(file, noise(9, blocks(2)))
  expect(await scene.failureOf(Promise.resolve(taken))).toBe('IMAGE_CHANGED')
  expect(await scene.failureOf(Promise.resolve(lost))).toBe('IMAGE_CHANGED')
  const { snapshotId } = taken
  expect(await scene.snapshotOf(snapshotId)).toMatchObject({ state: 'error', lock: null })
  const locking = scene.engine.lockSnapshot({ snapshotId, mode: 'governance', days: 1 })
  await expect(locking).rejects.toMatchObject({
    code: 'IncorrectState',
    message: expect.stringContaining('Snapshot is in invalid state - error'),
  })
  await expect(scene.engine.unlockSnapshot({ snapshotId })).rejects.toEqual(
    refusal('SNAPSHOT_NOT_LOCKED'),
  )
  await scene.remove([snapshotId, lost.snapshotId])
  expect((await scene.view()).snapshots).toEqual([])
})

it('F17: a pending snapshot that is to be deleted is not locked', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(2))
  const { jobId, snapshotId } = await scene.engine.takeSnapshot({ volumeId })
  await scene.remove([snapshotId], 60_000)
  const locking = () => scene.engine.lockSnapshot({ snapshotId, mode: 'governance', days: 1 })
  await expect(locking()).rejects.toEqual(refusal('DELETED_ALREADY'))
  await scene.engine.undoDeletion({})
  await locking()
  await scene.done({ jobId })
  expect(await scene.snapshotOf(snapshotId)).toMatchObject({ lock: { mode: 'governance' } })
})
