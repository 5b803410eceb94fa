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
import { deregister, registered } from './testing/instance-scene.ts'
import { tiersOf } from './testing/tiers.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const refusal = (code: string) => expect.objectContaining({ code })
const archive = (scene: Scene, snapshotId: SnapshotId) =>
  scene.result('tier', scene.engine.archiveSnapshot({ snapshotId }))
const restore = (scene: Scene, snapshotId: SnapshotId, days?: number) =>
  scene.result('tier', scene.engine.restoreTier({ snapshotId, days }))

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
  const none = scene.engine.restoreTier({ snapshotId: a, days: 0 })
  await expect(none).rejects.toEqual(refusal('RESTORE_DAYS_REFUSED'))
  await restore(scene, a, 2)
  expect((await scene.bytesOf(a)).equals(bytes)).toBe(true)
  // As soon as its data are moved: EBS takes up to 72 hours.
  const [{ detail } = { detail: {} }] = await scene.engine.listEvents({
    type: 'temporaryRestoreSnapshot',
  })
  const { startTime, endTime } = detail as { startTime: string; endTime: string }
  expect(Date.parse(endTime) - Date.parse(startTime)).toBeLessThan(MINUTE_MS)
  // And for longer, up to 180 days.
  expect(await restore(scene, a, 180)).toMatchObject({ movedBytes: 0 })
  const { standard, archive: inArchive } = await tiersOf(scene)
  expect([standard * 2_048, inArchive * 2_048].map(Math.round)).toEqual([2, 2])
  // A volume that is made meanwhile is none the worse for what comes.
  const clone = await scene.clone(a, 'clone')
  // An image would break with the end; when it is restored for good it may have it.
  const image = registered(scene, 'gold', a)
  await expect(image).rejects.toMatchObject({
    code: 'SNAPSHOT_RESTORED_FOR_DAYS',
    message: expect.stringContaining(
      new Date((await scene.snapshotOf(a)).tiering!.restoreExpiresAt!).toISOString(),
    ),
  })
  // Shares that were made meanwhile go with the end, and can be taken back of what is archived.
  const accountId = '444455556666'
  await scene.engine.addAccount({ accountId })
  await scene.engine.shareSnapshot({ snapshotId: a, add: [accountId, 'all'] })
  scene.nowMs = (await scene.snapshotOf(a)).tiering!.restoreExpiresAt!
  await scene.reopen()
  const tieringOf = async () => (await scene.snapshotOf(a)).tiering
  const alone = { tier: 'archive', restoreExpiresAt: null, archivedBytes: blocks(2) }
  await expect.poll(tieringOf).toMatchObject(alone)
  await expect(scene.bytesOf(a)).rejects.toEqual(refusal('SNAPSHOT_ARCHIVED'))
  const unshared = { sharedWith: [], isPublic: false }
  expect(await scene.engine.listPermissions({ snapshotId: a })).toMatchObject(unshared)
  await scene.engine.close()
  const share = `INSERT INTO share (snapshot_id, grantee) VALUES ('${a}', '${accountId}')`
  alterCatalog(join(scene.library, CATALOG_FILE), share)
  await scene.reopen()
  const left = await scene.engine.shareSnapshot({ snapshotId: a, remove: [accountId] })
  expect(left).toMatchObject(unshared)
  const ofClone = await scene.snapshot(clone)
  expect((await scene.bytesOf(ofClone)).equals(bytes)).toBe(true)

  // Restored for good while it is restored for some days: nothing has to move.
  await restore(scene, a, 1)
  expect(await restore(scene, a)).toMatchObject({ movedBytes: 0 })
  expect((await scene.bytesOf(a)).equals(bytes)).toBe(true)
  await deregister(scene, (await registered(scene, 'gold', a)).imageId)
  // Deleted while it is restored for some days: the archive gives up what it has, too.
  await archive(scene, a)
  await restore(scene, a, 1)
  await scene.remove([a, ofClone])
  await scene.reclaim()
  expect(await scene.view()).toMatchObject({ storedBytes: 0, physicalBytes: 0, remnants: [] })
  expect((await scene.verify()).problems).toEqual([])
})

it('F42: deleted while it is restored for some days it leaves the archive, whoever reads through it', async () => {
  const { scene, snapshotId: a } = await oneSnapshot()
  await archive(scene, a)
  await restore(scene, a, 2)
  const b = await scene.snapshot(await scene.clone(a, 'b'))
  const c = await scene.snapshot(await scene.clone(a, 'c'))
  const blocksIn = async () => {
    const { standard, archive } = await tiersOf(scene)
    return [standard, archive].map((gib) => Math.round(gib * 2_048))
  }
  await scene.remove([a], DAY_MS)
  await scene.reclaim(false)
  expect(await blocksIn()).toEqual([2, 2])
  await scene.reclaim()
  expect(await blocksIn()).toEqual([2, 0])
  expect(readdirSync(join(scene.library, 'regions', 'local', 'archive'))).toEqual([])
  expect((await scene.view()).remnants).toMatchObject([
    { snapshotId: a, heldBytes: blocks(2), isLeftByArchiving: false },
  ])
  // The end of the days is nothing to it any more.
  const held = await HeldQueue.begin(scene, (await scene.snapshotOf(b)).volumeId)
  expect(nextExpiry(held.context)).toBeNull()
  await held.release()
  expect((await scene.bytesOf(c)).equals(await scene.bytesOf(b))).toBe(true)
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

it('F23, F42: the status tells what is under way, what failed, and what nobody lived to see', async () => {
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
