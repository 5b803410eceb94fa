import { renameSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { POLICY_TAGS } from '../contract/policy.ts'
import type { Context } from '../engine/context.ts'
import { noises } from '../engine/testing/scene.ts'
import { codeOf } from './testing/instance-scene.ts'
import {
  count,
  DAY_MS,
  days,
  every,
  HOUR_MS,
  MIDNIGHT_MS,
  names,
  policyOf,
  runAt,
  switchOn,
  tagged,
  taggedVolume,
  tagOf,
  titles,
  wish,
} from './testing/policy-scene.ts'
import { UpkeepTimer } from './upkeep-timer.ts'

it('F44: what was missed is made up once, by the schedule that keeps longest, with its tags', async () => {
  const { scene, volumeId } = await taggedVolume()
  const hourly = { ...every(1, count(24), 'hourly'), tags: [{ key: 'Kind', value: 'auto' }] }
  const daily = { ...every(24, count(7), 'daily'), copiesTags: true }
  const policyId = await policyOf(scene, hourly, daily)
  expect(await runAt(scene, MIDNIGHT_MS + HOUR_MS - 1_000)).toEqual([])
  const [first] = await runAt(scene, MIDNIGHT_MS + HOUR_MS)
  const [hour] = first!.takenIds
  expect(await tagOf(scene, hour!, POLICY_TAGS.scheduleName)).toBe('hourly')
  expect(await tagOf(scene, hour!, 'Kind')).toBe('auto')
  expect(await tagOf(scene, hour!, 'Backup')).toBeUndefined()
  expect(await runAt(scene, MIDNIGHT_MS + HOUR_MS + 2_000)).toEqual([])
  // Two days were missed, and 50 hours.
  const [second, ...more] = await runAt(scene, MIDNIGHT_MS + 51 * HOUR_MS)
  expect(more).toEqual([])
  expect(second!.takenIds).toHaveLength(1)
  const { description, tags } = await scene.snapshotOf(second!.takenIds[0]!)
  expect(description).toBe(`Created for policy: ${policyId} schedule: daily`)
  expect(tags).toEqual(
    [
      { key: 'Backup', value: 'yes' },
      { key: POLICY_TAGS.policyId, value: policyId },
      { key: POLICY_TAGS.scheduleName, value: 'daily' },
      { key: POLICY_TAGS.isManaged, value: 'true' },
    ].sort((a, b) => (a.key < b.key ? -1 : 1)),
  )
  expect((await scene.engine.listPolicies())[0]!.nextRunAt).toBe(MIDNIGHT_MS + 52 * HOUR_MS)
  await scene.engine.removeTags({ resourceId: volumeId, keys: ['Backup'] })
  expect((await runAt(scene, MIDNIGHT_MS + 53 * HOUR_MS))[0]!.takenIds).toEqual([])
  // No command line gives two schedules different tags, nor takes the tags of volumes away again.
  await scene.engine.changePolicy({ policyId, ...wish(hourly) })
  const commands = (await scene.engine.listHistory()).map(({ command }) => command)
  expect(commands.filter((command) => /policy (create|edit|show)/.test(command))).toEqual([
    `strata policy show ${policyId}`,
    `strata policy show ${policyId}`,
  ])
})

it('F44: by count the oldest go when another was taken, for good, and those of others stay', async () => {
  const { scene, volumeId } = await taggedVolume()
  await scene.snapshot(volumeId, { name: 'mine' })
  const policyId = await policyOf(scene, every(1, count(2)))
  for (const hour of [1, 2]) await runAt(scene, MIDNIGHT_MS + hour * HOUR_MS)
  const [run] = await runAt(scene, MIDNIGHT_MS + 3 * HOUR_MS)
  expect(run!.deletedIds).toHaveLength(1)
  expect(await names(scene)).toEqual(['mine', 's3', 's4'])
  expect(await titles(scene)).toContain('Deleted “s2” by policy “daily”')
  expect((await scene.view()).deletions).toEqual([])
  // Fewer are kept from the next run on.
  await scene.engine.changePolicy({ policyId, ...wish(every(1, count(1))) })
  expect((await scene.engine.listPolicies())[0]!.state).toBe('disabled')
  expect(await runAt(scene, MIDNIGHT_MS + 5 * HOUR_MS)).toEqual([])
  await switchOn(scene, policyId)
  expect(await runAt(scene, MIDNIGHT_MS + 5 * HOUR_MS + 60_000)).toEqual([])
  await runAt(scene, MIDNIGHT_MS + 6 * HOUR_MS)
  expect(await names(scene)).toEqual(['mine', 's5'])
  // The volume goes, and what was taken of it is nobody's.
  await scene.engine.removeVolume({ volumeId })
  expect((await runAt(scene, MIDNIGHT_MS + 7 * HOUR_MS))[0]!.takenIds).toEqual([])
  expect(await names(scene)).toEqual(['mine', 's5'])
})

it('F44: by age all but the newest go, also when the volume is gone; what became too old while it was off stays', async () => {
  const { scene, volumeId } = await taggedVolume()
  const policyId = await policyOf(scene, every(24, days(2)))
  await runAt(scene, MIDNIGHT_MS + DAY_MS + 5_000)
  for (const day of [2, 3]) await runAt(scene, MIDNIGHT_MS + day * DAY_MS)
  const [, s2] = (await scene.view()).snapshots
  expect(await names(scene)).toEqual(['s1', 's2', 's3'])
  // Two days after the first, to the second, between two runs.
  const [expired] = await runAt(scene, MIDNIGHT_MS + 3 * DAY_MS + 6_000)
  expect(expired!.deletedIds).toHaveLength(1)
  expect(await names(scene)).toEqual(['s2', 's3'])
  await scene.engine.disablePolicy({ policyId })
  expect(await runAt(scene, MIDNIGHT_MS + 4 * DAY_MS + 5_000)).toEqual([])
  const preview = await scene.engine.previewPolicy({ policyId, days: 1 })
  expect(preview.steps.flatMap(({ deleted }) => deleted)).not.toContainEqual(
    expect.objectContaining({ snapshotId: s2!.snapshotId }),
  )
  await switchOn(scene, policyId)
  expect(await tagOf(scene, s2!.snapshotId, POLICY_TAGS.isManaged)).toBeUndefined()
  await runAt(scene, MIDNIGHT_MS + 5 * DAY_MS)
  await scene.engine.removeVolume({ volumeId })
  await runAt(scene, MIDNIGHT_MS + 30 * DAY_MS)
  expect(await names(scene)).toEqual(['s2', 's4'])
})

it('F44: what may not be deleted stays and is told; what is archived is let go of; the bin keeps', async () => {
  const { scene } = await taggedVolume()
  await policyOf(scene, every(1, count(1)))
  await runAt(scene, MIDNIGHT_MS + HOUR_MS)
  const [locked] = (await scene.view()).snapshots
  const { snapshotId } = locked!
  await scene.engine.lockSnapshot({ snapshotId, mode: 'governance', days: 1 })
  const [run] = await runAt(scene, MIDNIGHT_MS + 2 * HOUR_MS)
  expect(run).toMatchObject({
    deletedIds: [],
    kept: [{ snapshotId, reason: { code: 'SNAPSHOT_LOCKED' } }],
  })
  expect((await titles(scene)).at(-1)).toContain(
    'Policy “daily” could not delete a snapshot. The snapshot',
  )
  await scene.engine.unlockSnapshot({ snapshotId })
  await scene.engine.addRetentionRule({ days: 7, tags: [], excludedTags: [] })
  await runAt(scene, MIDNIGHT_MS + 3 * HOUR_MS)
  expect((await scene.view()).bin.map(({ name }) => name)).toEqual(['s1', 's2'])
  // Taken out of the bin, it is not deleted again.
  await scene.engine.recoverSnapshot({ snapshotId })
  const [third] = (await scene.view()).snapshots.slice(-1)
  await scene.done(await scene.engine.archiveSnapshot({ snapshotId: third!.snapshotId }))
  await runAt(scene, MIDNIGHT_MS + 4 * HOUR_MS)
  await runAt(scene, MIDNIGHT_MS + 5 * HOUR_MS)
  expect(await names(scene)).toEqual(['s1', 's3', 's5'])
  expect(await tagOf(scene, third!.snapshotId, POLICY_TAGS.isManaged)).toBeUndefined()
})

it('F44: a missing image is told, in EBS’s event too, and the other volumes are taken', async () => {
  const { scene, file } = await taggedVolume()
  const other = await scene.linked(scene.image(noises(3)), 'other')
  await tagged(scene, other)
  const policyId = await policyOf(scene, every(1, count(2)))
  renameSync(file, `${file}.away`)
  const [run] = await runAt(scene, MIDNIGHT_MS + HOUR_MS)
  expect(run!.failures).toMatchObject([{ reason: { code: 'IMAGE_MISSING' } }])
  expect(run!.takenIds).toHaveLength(1)
  const [policy] = await scene.engine.listPolicies()
  expect(policy).toMatchObject({ state: 'error', problem: expect.stringContaining('“web”') })
  const [event] = await scene.engine.listEvents({ type: 'policyStateChange' })
  const arn = `arn:aws:dlm:local:${policy!.accountId}:policy/${policyId}`
  expect(event).toMatchObject({
    'detail-type': 'DLM Policy State Change',
    source: 'aws.dlm',
    resources: [arn],
    detail: { state: 'ERROR', policy_id: arn, cause: policy!.problem },
  })
  expect(await runAt(scene, MIDNIGHT_MS + HOUR_MS + 5_000)).toEqual([])
  renameSync(`${file}.away`, file)
  await runAt(scene, MIDNIGHT_MS + 2 * HOUR_MS)
  expect((await scene.engine.listPolicies())[0]).toMatchObject({ state: 'enabled', problem: null })
  expect(await scene.engine.listEvents({ type: 'policyStateChange' })).toHaveLength(1)
})

it('F44: the sixth pending snapshot of a volume is refused, and the run goes on', async () => {
  const { scene, volumeId } = await taggedVolume()
  await policyOf(scene, every(1, count(2)))
  scene.nowMs = MIDNIGHT_MS + HOUR_MS
  const taking = [1, 2, 3, 4, 5].map(() => scene.engine.takeSnapshot({ volumeId }))
  const [run] = (await scene.result('policies', scene.engine.runPolicies())).runs
  expect(run!.failures[0]!.reason.code).toBe('ConcurrentSnapshotLimitExceeded')
  for (const taken of taking) await scene.done(await taken)
})

it('F44: bad wishes change nothing; it is switched on with a preview of now', async () => {
  const { scene, volumeId } = await taggedVolume()
  const { engine } = scene
  const schedule = every(1, count(1))
  const bad = [
    wish(),
    wish(...[1, 2, 3, 4, 5].map((i) => ({ ...schedule, name: `s${i}` }))),
    wish(schedule, schedule),
    wish(schedule, { ...schedule, name: 'b', retention: days(1) }),
    wish({ ...schedule, retention: count(0) }),
    wish({ ...schedule, retention: count(1_001) }),
    wish({ ...schedule, retention: days(0) }),
    wish({ ...schedule, retention: days(36_501) }),
    wish({ ...schedule, retention: { kind: 'age', length: 101, unit: 'years' } }),
    wish({ ...schedule, name: ' ' }),
    wish({
      ...schedule,
      tags: Array.from({ length: 46 }, (_, i) => ({ key: `k${i}`, value: '' })),
    }),
    wish({ ...schedule, times: { kind: 'cron', expression: 'cron(*/5 * * * ? *)' } }),
    { ...wish(schedule), targetTags: [] },
    { ...wish(schedule), description: '' },
  ]
  for (const each of bad) expect(await codeOf(engine.createPolicy(each))).toBe('POLICY_REFUSED')
  for (const retention of [count(1_000), days(36_500)]) {
    const four = [1, 2, 3, 4].map((i) => ({ ...schedule, retention, name: `s${i}` }))
    const created = await engine.createPolicy(wish(...four))
    expect(created.schedules).toEqual(four)
    await engine.removePolicy({ policyId: created.policyId })
  }
  const { policyId } = await engine.createPolicy(wish(schedule))
  expect(await codeOf(engine.disablePolicy({ policyId }))).toBe('POLICY_STATE_REFUSED')
  const { revision } = await engine.previewPolicy({ policyId, days: 1 })
  await engine.renameVolume({ volumeId, name: 'site' })
  expect(await codeOf(engine.enablePolicy({ policyId, revision }))).toBe('PLAN_STALE')
  await switchOn(scene, policyId)
  expect(await codeOf(engine.changePolicy({ policyId, ...wish(every(1, days(1))) }))).toBe(
    'POLICY_REFUSED',
  )
  for (let more = 1; more < 100; more += 1) await engine.createPolicy(wish(schedule))
  expect(await codeOf(engine.createPolicy(wish(schedule)))).toBe('POLICY_REFUSED')
  await engine.removePolicy({ policyId })
  expect(await codeOf(engine.previewPolicy({ policyId, days: 1 }))).toBe('POLICY_UNKNOWN')
  await engine.addAccount({ accountId: '444455556666' })
  await engine.useAccount({ account: '444455556666' })
  expect(await engine.listPolicies()).toEqual([])
})

it('rows that cannot be read fail no change that asks for the time', () => {
  const log = vi.fn()
  const timer = new UpkeepTimer({ clock: () => 0 } as Context, {
    runsPolicies: true,
    onEvent: vi.fn(),
    log,
  })
  timer.arm()
  expect(log).toHaveBeenCalledOnce()
  timer.end()
})
