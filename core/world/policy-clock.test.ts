import { expect, it } from 'vitest'
import { SnapshotId } from '../contract/ids.ts'
import { POLICY_TAGS } from '../contract/policy.ts'
import { newId } from '../engine/ids.ts'
import { closeLibrary, openLibrary } from '../engine/library-folder.ts'
import {
  at,
  count,
  DAY_MS,
  days,
  every,
  HOUR_MS,
  MIDNIGHT_MS,
  names,
  policyOf,
  runAt,
  taggedVolume,
  tagOf,
  titles,
} from './testing/policy-scene.ts'

it('F44: it runs by itself when a library is opened, and takes up what a closing broke off', async () => {
  const { scene } = await taggedVolume()
  await policyOf(scene, every(1, count(2)))
  scene.nowMs = MIDNIGHT_MS + HOUR_MS
  const { jobId } = await scene.engine.runPolicies()
  // Closed before it is done: the snapshot is not taken, nor is the time over.
  const ended = scene.engine.awaitJob({ jobId })
  await scene.reopen()
  expect((await ended).state).toBe('cancelled')
  const [job] = await scene.engine.listJobs()
  expect(job!.kind).toBe('policies')
  await scene.done(job!)
  expect(await names(scene)).toHaveLength(1)
  expect(await runAt(scene, MIDNIGHT_MS + HOUR_MS + 60_000)).toEqual([])
})

it('F44: what a crash broke off stays beside as failed, and is taken again', async () => {
  const { scene, volumeId } = await taggedVolume()
  const policyId = await policyOf(scene, every(1, count(1)))
  await runAt(scene, MIDNIGHT_MS + HOUR_MS)
  const { snapshots } = await scene.view()
  const [first] = snapshots
  await scene.engine.close()
  const library = openLibrary(scene.library, {}, () => {})
  const id = newId(SnapshotId, 'snap')
  library.change(() => {
    const { ownerId, region, volumeSizeBytes } = first!
    const place = { volumeId, ownerId, region, copiedFrom: null, parentId: first!.snapshotId }
    const startedAt = MIDNIGHT_MS + 2 * HOUR_MS
    const row = { id, name: 's2', description: '', startedAt, volumeSizeBytes, ...place }
    library.snapshots.begin(row)
    library.snapshotTags.set(id, ownerId, [{ key: POLICY_TAGS.policyId, value: policyId }])
  })
  closeLibrary(library)
  scene.nowMs = MIDNIGHT_MS + 2 * HOUR_MS + 1_000
  await scene.reopen()
  for (const job of await scene.engine.listJobs()) await scene.engine.awaitJob(job)
  expect((await scene.view()).snapshots).toMatchObject([
    { snapshotId: id, state: 'error', stateMessage: 'Strata ended before it was complete.' },
    { name: 's2', state: 'completed', tags: expect.arrayContaining(first!.tags) },
  ])
  expect(await runAt(scene, MIDNIGHT_MS + 2 * HOUR_MS + 60_000)).toEqual([])
})

it('F44: where the clock was set back it goes on from now, once, and waits out less than an hour', async () => {
  const { scene } = await taggedVolume()
  await policyOf(scene, every(1, count(3)))
  const next = async () => (await scene.engine.listPolicies())[0]!.nextRunAt
  await runAt(scene, MIDNIGHT_MS + 30 * DAY_MS)
  // A month ahead by mistake.
  expect(await runAt(scene, MIDNIGHT_MS + HOUR_MS / 2)).toEqual([])
  expect(await next()).toBe(MIDNIGHT_MS + HOUR_MS)
  expect(await titles(scene)).toContain('Policy “daily” goes on from now: the clock was set back')
  for (const hour of [1, 2]) {
    const [run] = await runAt(scene, MIDNIGHT_MS + hour * HOUR_MS)
    expect(run!.takenIds).toHaveLength(1)
    expect(await runAt(scene, MIDNIGHT_MS + hour * HOUR_MS + 60_000)).toEqual([])
  }
  expect(await names(scene)).toEqual(['s1', 's2', 's3'])
  expect(await runAt(scene, MIDNIGHT_MS + 1.5 * HOUR_MS)).toEqual([])
  expect(await runAt(scene, MIDNIGHT_MS + 2 * HOUR_MS)).toEqual([])
  await runAt(scene, MIDNIGHT_MS + 3 * HOUR_MS)
  expect(await names(scene)).toEqual(['s2', 's3', 's4'])
})

it('F44: four schedules that fire at once take one snapshot, and the one that keeps longest has it', async () => {
  const { scene } = await taggedVolume()
  const each = ([1, 2, 12, 24] as const).map((hours) => every(hours, count(25 - hours)))
  await policyOf(scene, ...each.toReversed())
  const [run] = await runAt(scene, MIDNIGHT_MS + DAY_MS)
  expect(run!.takenIds).toHaveLength(1)
  // 13 of every twelfth hour last longest.
  const name = await tagOf(scene, run!.takenIds[0]!, POLICY_TAGS.scheduleName)
  expect(name).toBe('every 12')
})

it('F44: kept for less than until the next one, the last snapshot stays until that is there', async () => {
  const { scene } = await taggedVolume()
  await policyOf(scene, at('cron(0 0 ? * SAT *)', days(1)))
  const saturday = MIDNIGHT_MS + 3 * DAY_MS
  await runAt(scene, saturday)
  for (const later of [2, 6]) {
    await runAt(scene, saturday + later * DAY_MS)
    expect(await names(scene)).toEqual(['s1'])
  }
  await runAt(scene, saturday + 7 * DAY_MS)
  expect(await names(scene)).toEqual(['s2'])
})
