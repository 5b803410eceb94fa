import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import type { SnapshotId } from '../contract/ids.ts'
import { Gate } from '../engine/gate.ts'
import { blocks, Scene } from '../engine/testing/scene.ts'
import { noise } from '../testing/make-image.ts'
import { GIB, threeSnapshots } from './testing/three-snapshots.ts'
import { tiersOf } from './testing/tiers.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const archive = (scene: Scene, snapshotId: SnapshotId) =>
  scene.result('tier', scene.engine.archiveSnapshot({ snapshotId }))

it.each([
  ['W25', 'B', 18, 10, 0.125],
  ['W26', 'C', 14, 14, -0.025],
  ['W27', 'A', 14, 10, -0.075],
] as const)(
  '%s, F42: archiving %s leaves %i GiB in standard, %i in the archive',
  async (...row) => {
    const [, name, standard, inArchive, change] = row
    const { scene, a, b, c } = await threeSnapshots(4)
    const id = { A: a, B: b, C: c }[name]
    const before = await tiersOf(scene)
    expect(before).toMatchObject({ standard: expect.closeTo(18), archive: 0 })
    const { snapshots } = await scene.engine.reportCost({ snapshotIds: [] })
    const advice = snapshots.find(({ snapshotId }) => snapshotId === id)!.archiving!
    expect(advice.monthlyChange.amount).toBeCloseTo(change, 9)
    // Whole, however little of it was its own.
    expect((await archive(scene, id)).movedBytes).toBe(inArchive * GIB)
    const after = await tiersOf(scene)
    expect(after.standard).toBeCloseTo(standard)
    expect(after.archive).toBeCloseTo(inArchive)
    expect(after.dollars - before.dollars).toBeCloseTo(change, 9)
    expect((await scene.verify()).problems).toEqual([])
  },
)

it('W32: of 100 GB and then 5 more, archiving the second bills 105', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(110 * GIB)
  await scene.fill(volumeId, 0, 100 * GIB, 'a')
  await scene.snapshot(volumeId)
  await scene.fill(volumeId, 100 * GIB, 5 * GIB, 'b')
  const second = await scene.snapshot(volumeId)
  const billed = async () =>
    (await scene.engine.reportCost({ snapshotIds: [] })).snapshots.map(
      ({ charged }) => charged.amount,
    )
  expect(await billed()).toEqual([5, 0.25].map((each) => expect.closeTo(each, 9)))
  await archive(scene, second)
  const { standard, archive: inArchive } = await tiersOf(scene)
  expect(standard).toBeCloseTo(100)
  expect(inArchive).toBeCloseTo(105)
  expect(await billed()).toEqual([5, 105 * 0.0125].map((each) => expect.closeTo(each, 9)))
})

it('F42, W29, W31: 100 GiB cost 1.25 and 3.00 to restore; deleted after 40 days, 50 more, 2.08', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(100 * GIB)
  await scene.fill(volumeId, 0, 100 * GIB, 'a')
  const a = await scene.snapshot(volumeId)
  await archive(scene, a)
  const costs = () => scene.engine.reportCost({ snapshotIds: [a] })
  expect((await costs()).archived.amount).toBeCloseTo(1.25, 9)
  expect((await costs()).snapshots[0]!.retrieval).toEqual({
    amount: 3,
    formula: '100 GiB x 0.03 = 3',
  })
  const rest = async () => (await costs()).snapshots[0]!.earlyDeletion!.formula
  expect(await rest()).toBe('100 GiB x 0.0125 x 2160 h / 720 h = 3.75')
  scene.nowMs += 40 * DAY_MS
  const early = (await costs()).snapshots[0]!.earlyDeletion!
  expect(early.amount).toBeCloseTo((1.25 * 50) / 30, 9)
  expect(early.formula).toBe('100 GiB x 0.0125 x 1200 h / 720 h = 2.08333')
  expect((await costs()).deletion!.earlyDeletion).toEqual(early)
  expect((await scene.engine.deletionSaving({ snapshotIds: [a] })).earlyDeletion).toEqual(early)
  scene.nowMs += 50 * DAY_MS - HOUR_MS
  expect(await rest()).toBe('100 GiB x 0.0125 x 1 h / 720 h = 0.00173611')
  scene.nowMs += HOUR_MS
  expect((await costs()).snapshots[0]!.earlyDeletion!.amount).toBe(0)
  expect((await costs()).deletion!.atOnce.amount).toBeCloseTo(1.25, 9)
  await scene.remove([a])
  await scene.reclaim()
  expect(await tiersOf(scene)).toMatchObject({ standard: 0, archive: 0 })
})

it('W28: 9,950 of 16,383 blocks are unique, 4.858 of 7.9995 GiB or 60.7 %: archiving pays', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(8 * GIB)
  await scene.fill(volumeId, 0, blocks(16_383), 'a')
  await scene.snapshot(volumeId)
  await scene.fill(volumeId, 0, blocks(9_950), 'b')
  await scene.snapshot(volumeId)
  const { snapshots } = await scene.engine.reportCost({ snapshotIds: [] })
  const { leavesStandardBytes: unique, archivedBytes: full, pays } = snapshots[0]!.archiving!
  expect([unique, full]).toEqual([9_950, 16_383].map(blocks))
  expect((unique / GIB).toFixed(3)).toBe('4.858')
  expect((full / GIB).toFixed(4)).toBe('7.9995')
  expect(((unique / full) * 100).toFixed(1)).toBe('60.7')
  expect(pays).toBe(true)
})

it('W30: 40 GiB that are deleted as soon as they are archived cost 90 days, 1.50', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(40 * GIB)
  await scene.fill(volumeId, 0, 40 * GIB, 'a')
  const a = await scene.snapshot(volumeId)
  await archive(scene, a)
  const { earlyDeletion } = await scene.engine.deletionSaving({ snapshotIds: [a] })
  expect(earlyDeletion).toEqual({
    amount: expect.closeTo(1.5, 9),
    formula: '40 GiB x 0.0125 x 2160 h / 720 h = 1.5',
  })
})

it('W30: deleted when all 40 GiB are moved, but before it is archived, it never gets there and costs nothing', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(40 * GIB)
  await scene.fill(volumeId, 0, 40 * GIB, 'a')
  // One block that takes room there.
  await scene.write(volumeId, 0, noise(1, blocks(1)))
  const a = await scene.snapshot(volumeId)
  const { own } = Gate.prototype
  const archived = join(scene.library, 'regions', 'local', 'archive')
  vi.spyOn(Gate.prototype, 'own').mockImplementationOnce(async function (this: Gate, ...move) {
    expect(readdirSync(archived)).toHaveLength(1)
    const saving = await scene.engine.deletionSaving({ snapshotIds: [a] })
    expect(saving.earlyDeletion).toBeNull()
    await scene.remove([a])
    return own.apply(this, move)
  })
  const archiving = scene.engine.archiveSnapshot({ snapshotId: a })
  expect(await scene.failureOf(archiving)).toBe('InvalidSnapshot.NotFound')
  expect(readdirSync(archived)).toEqual([])
  await scene.reclaim()
  expect(await tiersOf(scene)).toEqual({ standard: 0, archive: 0, dollars: 0 })
})
