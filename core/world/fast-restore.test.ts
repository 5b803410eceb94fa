import { join } from 'node:path'
import { expect, it, test } from 'vitest'
import { CATALOG_FILE } from '../catalog/database.ts'
import { creditsPerHourOf, maxCreditsOf } from '../contract/fast-restore.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { LIST_PRICES } from '../contract/money.ts'
import { alterCatalog } from '../engine/testing/alter-catalog.ts'
import { makeOlder } from '../engine/testing/older-catalog.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { billedHours, fastRestoreCost } from './money.ts'
import { listed } from './testing/event-scene.ts'
import { fastStates as states, turn } from './testing/fast-restore-scene.ts'
import { as, OTHER, share, twoSnapshots, unshare } from './testing/sharing-scene.ts'

const GIB = 2 ** 30
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const refusal = (code: string) => expect.objectContaining({ code })
const told = async (scene: Scene) =>
  (await listed(scene, { type: 'fastSnapshotRestore' })).map(({ detail }) => detail)

test.each([
  [128, 8, 8],
  [1_024, 1, 1],
  [16_384, 0.0625, 1],
  [10, 10, 10],
])('W34: of %i GiB there are %d credits an hour, %i at the most', (gib, perHour, most) => {
  expect(creditsPerHourOf(gib * GIB)).toBe(perHour)
  expect(maxCreditsOf(gib * GIB)).toBe(most)
})

it('W35: a snapshot in a zone costs 540 in 30 days, two in three zones 3,240', () => {
  const hours = billedHours(30 * 24 * HOUR_MS)
  expect(fastRestoreCost(1, hours, LIST_PRICES)).toEqual({
    amount: 540,
    formula: '1 x 720 h x 0.75 = 540',
  })
  expect(fastRestoreCost(2 * 3, hours, LIST_PRICES).amount).toBe(3_240)
  // By the minute, an hour at the least.
  expect([0, 59 * MINUTE_MS, 90 * MINUTE_MS, HOUR_MS + 1].map(billedHours)).toEqual([
    1,
    1,
    1.5,
    61 / 60,
  ])
})

it('F20, F23: states come with time, credits with each hour, and both are kept', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(512 * GIB)
  const snapshotId = await scene.snapshot(volumeId)
  const on = await turn(scene, snapshotId, true)
  expect(on).toMatchObject({ state: 'enabling', zone: 'locala', credits: 0, maxCredits: 2 })
  expect(await turn(scene, snapshotId, true)).toEqual({
    ...on,
    countedAt: expect.any(Number),
  })
  scene.nowMs = on.nextStateAt!
  expect(await states(scene)).toEqual(['optimizing'])
  // Half a TiB takes half an hour.
  scene.nowMs = on.enablingAt + 5_000 + 30 * MINUTE_MS - 1_000
  expect(await states(scene)).toEqual(['optimizing'])
  scene.nowMs += 2_000
  await scene.reopen()
  const [fast] = await scene.engine.listFastRestores()
  expect(fast).toMatchObject({
    state: 'enabled',
    optimizingAt: on.enablingAt + 5_000,
    enabledAt: on.enablingAt + 5_000 + 30 * MINUTE_MS,
    nextStateAt: null,
  })
  expect(fast!.credits).toBeLessThan(0.01)
  scene.nowMs = fast!.enabledAt! + HOUR_MS / 4
  expect((await scene.view()).fastRestores[0]!.credits).toBeCloseTo(0.5, 3)
  scene.nowMs += 9 * HOUR_MS
  expect((await scene.view()).fastRestores[0]!.credits).toBe(2)
  // A clock that was set back takes none away.
  const now = scene.nowMs
  scene.nowMs = fast!.enabledAt! - HOUR_MS
  expect((await scene.view()).fastRestores[0]!.credits).toBe(0)
  scene.nowMs = now

  const { fastRestore, fastRestores } = await scene.engine.reportCost({ snapshotIds: [] })
  expect(fastRestore.amount).toBe(540)
  expect(fastRestores[0]!.month.formula).toBe('1 x 720 h x 0.75 = 540')
  expect(fastRestores[0]!.soFar.amount).toBeCloseTo(9.25 * 0.75, 1)

  await turn(scene, snapshotId, false)
  scene.nowMs += 5_000
  expect(await states(scene)).toEqual(['disabled'])
  await expect(turn(scene, snapshotId, false)).rejects.toEqual(refusal('FAST_RESTORE_OFF'))
  const [event, ...later] = await listed(scene, { type: 'fastSnapshotRestore' })
  expect(event).toMatchObject({
    'detail-type': 'EBS Fast Snapshot Restore State-change Notification',
    resources: [`arn:aws:ec2::local:snapshot/${snapshotId}`],
    detail: {
      'snapshot-id': snapshotId,
      state: 'enabling',
      zone: 'locala',
      message: 'Client.UserInitiated',
    },
  })
  const follows = 'Client.UserInitiated - Lifecycle state transition'
  expect(later.map(({ detail }) => detail)).toMatchObject([
    { state: 'optimizing', message: follows },
    { state: 'enabled', message: follows },
    { state: 'disabling', message: 'Client.UserInitiated' },
    { state: 'disabled', message: follows },
  ])
  expect(later[1]!.time.slice(0, 19)).toBe(new Date(fast!.enabledAt!).toISOString().slice(0, 19))
  expect((await scene.engine.listHistory()).at(-1)!.command).toBe(
    `strata snapshot fast-restore ${snapshotId} --off`,
  )
})

it('F20: what cannot be used is not restored fast: deleted, in the bin, archived, unshared', async () => {
  const { scene, engine, a, b } = await twoSnapshots()
  await share(scene, a, OTHER)
  await turn(scene, a, true)
  await turn(scene, b, true)
  await as(scene, OTHER, async () => {
    // A bucket and a bill of its own.
    await turn(scene, a, true)
    expect(await states(scene)).toEqual(['enabling'])
    await expect(turn(scene, b, true)).rejects.toEqual(refusal('InvalidSnapshot.NotFound'))
  })
  await unshare(scene, a, OTHER)
  await as(scene, OTHER, async () => {
    const gone = /^Client.InvalidSnapshot.InvalidState - .* deleted or access permissions/
    await expect
      .poll(() => told(scene))
      .toMatchObject([{}, { state: 'disabling', message: expect.stringMatching(gone) }])
    expect(await states(scene)).toEqual([])
  })
  expect(await states(scene)).toEqual(['enabling', 'enabling'])

  await scene.result('tier', engine.archiveSnapshot({ snapshotId: b }))
  await expect(turn(scene, b, true)).rejects.toEqual(refusal('SNAPSHOT_ARCHIVED'))
  await engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
  await scene.remove([a])
  const changes = async () =>
    (await listed(scene, { type: 'fastSnapshotRestore' })).map(({ resources, detail }) => [
      resources[0]!.slice(-22),
      'state' in detail && detail.state,
    ])
  await expect.poll(changes).toContainEqual([a, 'disabling'])
  scene.nowMs += 5_000
  await scene.reopen()
  expect((await changes()).slice(-4)).toEqual([
    [b, 'disabling'],
    [a, 'disabling'],
    [a, 'disabled'],
    [b, 'disabled'],
  ])
  // Nothing of it comes back with the snapshot.
  await scene.engine.recoverSnapshot({ snapshotId: a })
  expect(await states(scene)).toEqual([])
})

it('F20: five snapshots of a region at the most, none of more than 16 TiB', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(1))
  const ids: SnapshotId[] = []
  for (let i = 0; i < 6; i += 1) ids.push(await scene.snapshot(volumeId))
  for (const id of ids.slice(0, 5)) await turn(scene, id, true)
  await expect(turn(scene, ids[5]!, true)).rejects.toMatchObject({
    code: 'ResourceLimitExceeded',
    message: '5 snapshots in “local” are restored fast already.',
    remedy: 'Switch fast restore of another snapshot off.',
  })
  await turn(scene, ids[0]!, false)
  expect((await turn(scene, ids[5]!, true)).state).toBe('enabling')
  await turn(scene, ids[5]!, false)
  // No file of a test can be so large.
  const sized = async (bytes: number) => {
    await scene.engine.close()
    const sizing = `UPDATE snapshot SET volume_size_bytes = ${bytes}`
    alterCatalog(join(scene.library, CATALOG_FILE), sizing)
    await scene.reopen()
  }
  await sized(2 ** 44)
  expect(await turn(scene, ids[0]!, true)).toMatchObject({ creditsPerHour: 0.0625, maxCredits: 1 })
  await turn(scene, ids[0]!, false)
  await sized(2 ** 44 + 1)
  await expect(turn(scene, ids[0]!, true)).rejects.toEqual(refusal('FAST_RESTORE_REFUSED'))
})

it('prices from before fast restore get its list price', async () => {
  const scene = await Scene.begin()
  await scene.linked(scene.image(noises(1)))
  await scene.engine.setPrices({ ...LIST_PRICES, standard: 0.1 })
  await scene.engine.close()
  const { fastRestore: _, ...older } = { ...LIST_PRICES, standard: 0.1 }
  const catalog = join(scene.library, CATALOG_FILE)
  alterCatalog(catalog, `UPDATE price_table SET prices = '${JSON.stringify(older)}'`)
  makeOlder(catalog, 15)
  await scene.reopen()
  const { prices } = await scene.engine.reportCost({ snapshotIds: [] })
  expect(prices).toMatchObject({ standard: 0.1, fastRestore: 0.75 })
})
