import { expect, it } from 'vitest'
import { blocks, noises } from '../engine/testing/scene.ts'
import {
  at,
  count,
  DAY_MS,
  days,
  every,
  HOUR_MS,
  MIDNIGHT_MS,
  policyOf,
  runAt,
  tagged,
  taggedVolume,
  wish,
} from './testing/policy-scene.ts'

it('F44: a preview tells what will be taken and deleted, and when, and changes nothing', async () => {
  const { scene, volumeId } = await taggedVolume()
  const { engine } = scene
  const daily = every(12, count(2), 'half days')
  const weekly = at('cron(0 0 ? * SAT *)', count(1), 'weekly')
  const { policyId } = await engine.createPolicy(wish(daily, weekly))
  const before = await scene.view()
  const preview = await engine.previewPolicy({ policyId, days: 4 })
  expect(await scene.view()).toEqual(before)
  expect(preview).toMatchObject({ volumeIds: [volumeId], takenCount: 8, isCut: false })
  const hours = preview.steps.map((step) => (step.at - MIDNIGHT_MS) / HOUR_MS)
  expect(hours).toEqual([12, 24, 36, 48, 60, 72, 84, 96])
  // On Saturday both fire, and the weekly one keeps it.
  const saturday = preview.steps[5]!
  expect(saturday).toMatchObject({ scheduleNames: ['half days', 'weekly'], keptBy: 'weekly' })
  expect(saturday.deleted).toEqual([])
  const deletedAt = (i: number) =>
    preview.steps[i]!.deleted.map(({ startedAt }) => (startedAt - MIDNIGHT_MS) / HOUR_MS)
  expect([0, 1, 2, 3, 4, 6, 7].map(deletedAt)).toEqual([[], [], [12], [24], [36], [48], [60]])
})

it('F44: what is there comes back as planned, as long as that can be told', async () => {
  const { scene, volumeId } = await taggedVolume()
  const { engine } = scene
  await policyOf(scene, every(1, count(2)))
  await runAt(scene, MIDNIGHT_MS + HOUR_MS)
  await scene.snapshot(volumeId, { name: 'other', file: scene.image(noises(1, 3)) })
  await runAt(scene, MIDNIGHT_MS + 2 * HOUR_MS)
  const [{ policyId } = { policyId: null }] = await engine.listPolicies()
  const preview = await engine.previewPolicy({ policyId: policyId!, days: 1 })
  const [first, second, third] = preview.steps
  const [s1] = (await scene.view()).snapshots
  expect(preview.firstDeletion).toMatchObject({
    snapshotIds: [s1!.snapshotId],
    releasedBytes: blocks(1),
    releasedNowBytes: blocks(1),
  })
  expect(preview.isFirstDeletionKnown).toBe(true)
  expect(first!.releasedBytes).toBe(blocks(1))
  // The second one that goes is the newest: what comes back depends on what is taken after it.
  expect([second!.deleted.length, second!.releasedBytes]).toEqual([1, null])
  expect(third!.releasedBytes).toBeNull()
  const plan = await engine.planDeletion({ snapshotIds: [s1!.snapshotId] })
  await runAt(scene, MIDNIGHT_MS + 3 * HOUR_MS)
  const { storedBytes } = await scene.view()
  expect(storedBytes).toBe(plan.storedBytesAfter)
})

it('F44: what comes back is not known where the only one goes: what is taken then reads it', async () => {
  const { scene } = await taggedVolume()
  const policyId = await policyOf(scene, every(1, count(1)))
  await runAt(scene, MIDNIGHT_MS + HOUR_MS)
  const { snapshots, storedBytes } = await scene.view()
  const preview = await scene.engine.previewPolicy({ policyId, days: 1 })
  expect(preview).toMatchObject({
    firstDeletion: { snapshotIds: [snapshots[0]!.snapshotId] },
    isFirstDeletionKnown: false,
  })
  await runAt(scene, MIDNIGHT_MS + 2 * HOUR_MS)
  expect(await scene.view()).toMatchObject({ snapshotCount: 1, storedBytes })
})

it('F44: by age, what is locked stays, and a schedule that fires once keeps its snapshot', async () => {
  const { scene } = await taggedVolume()
  const { engine } = scene
  const once = at('cron(0 2 15 11 ? 2023)', days(1), 'once')
  const policyId = await policyOf(scene, every(24, days(1), 'daily'), once)
  await runAt(scene, MIDNIGHT_MS + 2 * HOUR_MS)
  await runAt(scene, MIDNIGHT_MS + DAY_MS)
  const [, locked] = (await scene.view()).snapshots
  await engine.lockSnapshot({ snapshotId: locked!.snapshotId, mode: 'governance', days: 30 })
  const other = await scene.managed(blocks(1), 'late')
  await tagged(scene, other)
  const preview = await engine.previewPolicy({ policyId, days: 3 })
  expect(preview.kept).toMatchObject([{ snapshotId: locked!.snapshotId }])
  expect(preview.firstDeletion).toBeNull()
  const gone = preview.steps.flatMap(({ deleted }) => deleted)
  expect(gone.every(({ snapshotId }) => snapshotId === null)).toBe(true)
  expect(preview.takenCount).toBe(6)
})
