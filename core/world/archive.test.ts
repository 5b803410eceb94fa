import { existsSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { CATALOG_FILE } from '../catalog/database.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { typeOf } from '../contract/world-events.ts'
import { alterCatalog } from '../engine/testing/alter-catalog.ts'
import { HeldQueue } from '../engine/testing/held-queue.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { endRestores, nextExpiry, restoreTier } from './restore-tier.ts'
import { oneSnapshot } from './testing/event-scene.ts'
import { GIB, threeSnapshots } from './testing/three-snapshots.ts'

const DAY_MS = 86_400_000

const refusal = (code: string) => expect.objectContaining({ code })
const archive = (scene: Scene, snapshotId: SnapshotId) =>
  scene.result('tier', scene.engine.archiveSnapshot({ snapshotId }))
const restore = (scene: Scene, snapshotId: SnapshotId, days?: number) =>
  scene.result('tier', scene.engine.restoreTier({ snapshotId, days }))

/** GiB in the tiers, and dollars a month. */
async function tiers(scene: Scene) {
  const { stored, archived } = await scene.engine.reportCost({ snapshotIds: [] })
  return {
    standard: stored.amount / 0.05,
    archive: archived.amount / 0.0125,
    dollars: stored.amount + archived.amount,
  }
}

it.each([
  ['W25', 'B', 18, 10, 0.125],
  ['W26', 'C', 14, 14, -0.025],
  ['W27', 'A', 14, 10, -0.075],
] as const)('%s: archiving %s leaves %i GiB in standard, %i in the archive', async (...row) => {
  const [, name, standard, inArchive, change] = row
  const { scene, a, b, c } = await threeSnapshots(4)
  const id = { A: a, B: b, C: c }[name]
  const before = await tiers(scene)
  expect(before).toMatchObject({ standard: expect.closeTo(18), archive: 0 })
  const { snapshots } = await scene.engine.reportCost({ snapshotIds: [] })
  const advice = snapshots.find(({ snapshotId }) => snapshotId === id)!.archiving!
  expect(advice.monthlyChange.amount).toBeCloseTo(change)
  await archive(scene, id)
  const after = await tiers(scene)
  expect(after.standard).toBeCloseTo(standard)
  expect(after.archive).toBeCloseTo(inArchive)
  expect(after.dollars - before.dollars).toBeCloseTo(change)
  expect((await scene.verify()).problems).toEqual([])
})

it('W32: of 100 GB and then 5 more, archiving the second bills 105', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(110 * GIB)
  await scene.fill(volumeId, 0, 100 * GIB, 'a')
  await scene.snapshot(volumeId)
  await scene.fill(volumeId, 100 * GIB, 5 * GIB, 'b')
  const second = await scene.snapshot(volumeId)
  expect((await tiers(scene)).standard).toBeCloseTo(105)
  await archive(scene, second)
  const { standard, archive: inArchive } = await tiers(scene)
  expect(standard).toBeCloseTo(100)
  expect(inArchive).toBeCloseTo(105)
})

it('W31: 100 GiB that are deleted after 40 days are paid for 50 more, 2.08', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(100 * GIB)
  await scene.fill(volumeId, 0, 100 * GIB, 'a')
  const a = await scene.snapshot(volumeId)
  await archive(scene, a)
  const costs = () => scene.engine.reportCost({ snapshotIds: [a] })
  scene.nowMs += 40 * DAY_MS
  expect((await costs()).snapshots[0]!.earlyDeletion!.amount).toBeCloseTo(2.08, 2)
  scene.nowMs += 50 * DAY_MS
  expect((await costs()).snapshots[0]!.earlyDeletion!.amount).toBe(0)
  expect((await costs()).deletionSaves!.amount).toBeCloseTo(1.25)
  await scene.remove([a])
  await scene.reclaim()
  expect(await tiers(scene)).toMatchObject({ standard: 0, archive: 0 })
})

it('F42: archived data lies apart, cannot be used, and what stays reads as before', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.linked(scene.image(noises(1, 2, 3)))
  const a = await scene.snapshot(volumeId, { name: 'A' })
  const b = await scene.snapshot(volumeId, { name: 'B', file: scene.image(noises(1, 4, 3)) })
  const bytes = { a: await scene.bytesOf(a), b: await scene.bytesOf(b) }
  await scene.engine.addAccount({ accountId: '444455556666' })
  await scene.engine.shareSnapshot({ snapshotId: a, add: ['444455556666'], remove: [] })
  expect((await archive(scene, a)).movedBytes).toBe(blocks(3))
  const { region, ...archived } = await scene.snapshotOf(a)
  expect(archived).toMatchObject({
    parentId: null,
    storedHereBytes: blocks(3),
    sharedWith: [],
    tiering: { tier: 'archive', status: 'archival-completed', archivedBytes: blocks(3) },
  })
  const folder = join(scene.library, 'regions', region, 'archive')
  expect(readdirSync(folder)).toHaveLength(1)
  expect((await scene.bytesOf(b)).equals(bytes.b)).toBe(true)
  for (const use of [
    () => scene.engine.createVolumeFromSnapshot({ snapshotId: a, name: 'x' }),
    () => scene.engine.planCopy({ snapshotId: a, region }),
    () => scene.engine.diffSnapshots({ fromId: a, toId: b }),
    () => scene.bytesOf(a),
    () => scene.engine.archiveSnapshot({ snapshotId: a }),
  ]) {
    await expect(use()).rejects.toEqual(refusal('SNAPSHOT_ARCHIVED'))
  }
  const never = scene.engine.restoreTier({ snapshotId: b })
  await expect(never).rejects.toEqual(refusal('SNAPSHOT_NOT_ARCHIVED'))
  const { Snapshots } = await scene.engine.describeSnapshots({ snapshotIds: [a] })
  expect(Snapshots[0]!.StorageTier).toBe('archive')

  // The next snapshot goes on from B, whose parent left a remnant.
  await scene.reopen()
  const c = await scene.snapshot(volumeId, { name: 'C', file: scene.image(noises(1, 4, 5)) })
  expect(await scene.snapshotOf(c)).toMatchObject({ parentId: b, addedBytes: blocks(1) })
  await restore(scene, a)
  expect(await scene.snapshotOf(a)).toMatchObject({
    storedHereBytes: blocks(3),
    tiering: { tier: 'standard', archivedAt: null, archivedBytes: 0 },
  })
  expect((await scene.bytesOf(a)).equals(bytes.a)).toBe(true)
  await scene.reclaim()
  expect(readdirSync(folder)).toEqual([])
  expect((await scene.verify()).problems).toEqual([])
  const events = (await scene.engine.listEvents()).map(({ detail }) => typeOf(detail))
  expect(events).toEqual(expect.arrayContaining(['archiveSnapshot', 'permanentRestoreSnapshot']))
})

it('F42: restored for some days it is paid in both tiers, then the archive has it alone', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.linked(scene.image(noises(1, 2)))
  const a = await scene.snapshot(volumeId, { name: 'A' })
  const bytes = await scene.bytesOf(a)
  await archive(scene, a)
  const long = scene.engine.restoreTier({ snapshotId: a, days: 181 })
  await expect(long).rejects.toEqual(refusal('RESTORE_DAYS_REFUSED'))
  await restore(scene, a, 2)
  expect((await scene.bytesOf(a)).equals(bytes)).toBe(true)
  const { standard, archive: inArchive } = await tiers(scene)
  expect([standard * 2_048, inArchive * 2_048].map(Math.round)).toEqual([2, 2])
  // A volume that is made meanwhile is none the worse for what comes.
  const clone = await scene.clone(a, 'clone')
  scene.nowMs = (await scene.snapshotOf(a)).tiering!.restoreExpiresAt!
  await scene.reopen()
  const tieringOf = async () => (await scene.snapshotOf(a)).tiering
  const alone = { tier: 'archive', restoreExpiresAt: null, archivedBytes: blocks(2) }
  await expect.poll(tieringOf).toMatchObject(alone)
  await expect(scene.bytesOf(a)).rejects.toEqual(refusal('SNAPSHOT_ARCHIVED'))
  const ofClone = await scene.snapshot(clone)
  expect((await scene.bytesOf(ofClone)).equals(bytes)).toBe(true)

  // Restored for good while it is restored for some days: nothing has to move.
  await restore(scene, a, 1)
  expect(await restore(scene, a)).toMatchObject({ movedBytes: 0 })
  expect((await scene.bytesOf(a)).equals(bytes)).toBe(true)
  // Deleted while it is restored for some days: the archive gives up what it has, too.
  await archive(scene, a)
  await restore(scene, a, 1)
  await scene.remove([a, ofClone])
  await scene.reclaim()
  expect(await scene.view()).toMatchObject({ storedBytes: 0, physicalBytes: 0, remnants: [] })
  expect((await scene.verify()).problems).toEqual([])
})

it('F42: an archiving that is cancelled has failed, and leaves everything where it was', async () => {
  const { scene, snapshotId: a } = await oneSnapshot()
  const { jobId } = await scene.engine.archiveSnapshot({ snapshotId: a })
  const statusOf = async () => (await scene.snapshotOf(a)).tiering
  const standard = { tier: 'standard', archivedAt: null, archivedBytes: 0 }
  expect(await statusOf()).toMatchObject({ ...standard, status: 'archival-in-progress' })
  await scene.engine.cancelJob({ jobId })
  expect((await scene.engine.awaitJob({ jobId })).state).toBe('cancelled')
  const { tiering, region } = await scene.snapshotOf(a)
  expect(tiering).toMatchObject({ ...standard, status: 'archival-failed' })
  const folder = join(scene.library, 'regions', region, 'archive')
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
})

it('F42: the status tells what is under way, what failed, and what nobody lived to see', async () => {
  const { scene, snapshotId: a } = await oneSnapshot()
  const statusOf = async () => (await scene.snapshotOf(a)).tiering!.status
  await archive(scene, a)
  const { archivedAt } = (await scene.snapshotOf(a)).tiering!
  const folder = join(scene.library, 'regions', 'local', 'archive')
  const [file] = readdirSync(folder)
  renameSync(join(folder, file!), scene.path('kept'))
  const restoring = scene.engine.restoreTier({ snapshotId: a, days: 1 })
  await restoring
  expect(await statusOf()).toBe('temporary-restore-in-progress')
  expect(await scene.failureOf(restoring)).toBe('SEGMENT_DAMAGED')
  expect((await scene.snapshotOf(a)).tiering).toMatchObject({
    tier: 'archive',
    status: 'temporary-restore-failed',
    archivedAt,
  })
  renameSync(scene.path('kept'), join(folder, file!))
  const { detail } = (await scene.engine.listEvents({ type: 'temporaryRestoreSnapshot' }))[0]!
  expect(detail).toMatchObject({
    result: 'failed',
    'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  await restore(scene, a)
  expect(await statusOf()).toBe('permanent-restore-completed')
  // As a crash would leave it.
  await scene.engine.close()
  alterCatalog(
    join(scene.library, CATALOG_FILE),
    "UPDATE tiering SET status = 'archival-in-progress'",
  )
  await scene.reopen()
  expect(await statusOf()).toBe('archival-failed')
  const [, ended] = await scene.engine.listEvents({ type: 'archiveSnapshot' })
  expect(ended!.detail).toMatchObject({
    result: 'failed',
    cause: 'Strata ended before it was complete.',
    'request-id': '',
  })
  await archive(scene, a)
  expect(await statusOf()).toBe('archival-completed')
})

it('F42: what could not leave the standard tier is tried again; being restored for longer holds', async () => {
  const { scene, volumeId, snapshotId } = await oneSnapshot()
  await archive(scene, snapshotId)
  await restore(scene, snapshotId, 1)
  const held = await HeldQueue.begin(scene, volumeId)
  const { library, jobs } = held.context
  const ended = async () => {
    for (const { jobId } of jobs.list().slice(1)) await jobs.ended(jobId)
  }
  scene.nowMs += DAY_MS
  vi.spyOn(library.tierings, 'dropDelta').mockThrowOnce(new Error('full'))
  endRestores(held.context)
  expect(nextExpiry(held.context)).toBeGreaterThan(scene.nowMs + 59_000)
  await ended()
  expect(jobs.list()[1]).toMatchObject({ kind: 'restoreTier', state: 'failed' })
  expect(nextExpiry(held.context)).toBeGreaterThan(scene.nowMs + 59_000)
  scene.nowMs += 61_000
  restoreTier(held.context, { snapshotId, days: 3 })
  endRestores(held.context)
  await ended()
  expect(library.snapshotRow(snapshotId).tier).toBe('standard')
  expect(nextExpiry(held.context)).toBeGreaterThan(scene.nowMs + 2 * DAY_MS)
  await held.release()
})
