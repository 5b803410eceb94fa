import { expect, it, vi } from 'vitest'
import { RegionName } from '../contract/ids.ts'
import type { Tag } from '../contract/tags.ts'
import { Gate } from '../engine/gate.ts'
import { Jobs } from '../engine/jobs.ts'
import { closeLibrary, openLibrary } from '../engine/library-folder.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { VolumeLoaders } from '../engine/volume-loaders.ts'
import { emptyBin } from './recycle-bin.ts'
import { GIB, threeSnapshots } from './testing/three-snapshots.ts'

const DAY_MS = 86_400_000

const refusal = (code: string) => expect.objectContaining({ code })
const rule = (scene: Scene, days: number, tags: Tag[] = [], excludedTags: Tag[] = []) =>
  scene.engine.addRetentionRule({ days, tags, excludedTags })

const exitEvents = async (scene: Scene) =>
  (await scene.engine.listEvents({ type: 'recycleBinExitTime' })).map(({ resources }) => resources)

it('W42: deleting A into the bin releases nothing now, and 4 GiB after 7 days', async () => {
  const { scene, a, b } = await threeSnapshots(2)
  await rule(scene, 7)
  const plan = await scene.remove([a])
  expect(plan).toMatchObject({ releasedNowBytes: 0, releasedBytes: 4 * GIB })
  const [binned, ...more] = await scene.engine.listBin()
  expect(more).toEqual([])
  expect(binned).toMatchObject({
    snapshotId: a,
    state: 'recoverable',
    releasedAtExitBytes: 4 * GIB,
  })
  expect(binned!.exitsAt - binned!.enteredAt).toBeCloseTo(7 * DAY_MS, -2)
  expect(binned!.exitsAt - plan.binned[0]!.exitsAt).toBeLessThan(1_000)
  const view = await scene.view()
  expect(view).toMatchObject({
    storedBytes: 16 * GIB,
    snapshotCount: 2,
    remnants: [{ inBinUntil: binned!.exitsAt }],
  })
  // Billed as before: 16 GiB, 10 of them for A.
  expect(await scene.engine.reportCost({ snapshotIds: [] })).toMatchObject({
    ...{ stored: { amount: 0.8 }, binned: { amount: 0.5 } },
  })
  expect(view.snapshots.map(({ parentId }) => parentId)).toEqual([null, b])

  await scene.reclaim()
  scene.nowMs = binned!.exitsAt - 1_000
  await scene.reopen()
  expect((await scene.view()).storedBytes).toBe(16 * GIB)
  scene.nowMs = binned!.exitsAt
  await scene.reopen()
  expect(await scene.view()).toMatchObject({ storedBytes: 12 * GIB, bin: [] })
  expect(await exitEvents(scene)).toEqual([[expect.stringContaining(a)]])
  await expect(scene.engine.recoverSnapshot({ snapshotId: a })).rejects.toEqual(
    refusal('InvalidSnapshot.NotFound'),
  )
  const steps = await scene.engine.listHistory()
  expect(steps.at(-1)).toMatchObject({ storedDeltaBytes: -4 * GIB })
  expect((await scene.verify()).problems).toEqual([])
})

it('what a volume still has to load does not come back when its snapshot leaves the bin', async () => {
  const scene = await Scene.begin()
  const snapshotId = await scene.snapshot(await scene.linked(scene.image(noises(1, 2))))
  await rule(scene, 1)
  const volumeId = await scene.clone(snapshotId, 'lazy', undefined, true)
  await scene.remove([snapshotId])
  const atExit = async () => (await scene.engine.listBin())[0]!.releasedAtExitBytes
  expect(await atExit()).toBe(0)
  await scene.done(await scene.engine.loadVolume({ volumeId }))
  expect(await atExit()).toBe(blocks(2))
})

it('F16, F21: in the bin nothing is possible but recovery, which gives back all of it', async () => {
  const { scene, volumeId, a, b } = await threeSnapshots(2)
  const { region } = await scene.snapshotOf(a)
  await rule(scene, 1)
  await scene.remove([b, a])
  const uses = [
    () => scene.engine.createVolumeFromSnapshot({ snapshotId: a, name: 'x' }),
    () => scene.engine.planCopy({ snapshotId: a, region }),
    () =>
      scene.engine.restoreToFile({
        snapshotId: a,
        file: scene.path('x'),
        sha256: false,
        overwrite: false,
      }),
    () => scene.engine.planDeletion({ snapshotIds: [a] }),
    () => scene.engine.lockSnapshot({ snapshotId: a, mode: 'governance', days: 1 }),
    () => scene.engine.setTags({ resourceId: a, tags: [{ key: 'k', value: 'v' }] }),
    () => scene.engine.renameSnapshot({ snapshotId: a, name: 'x' }),
  ]
  const unknown = expect.stringMatching(/^(InvalidSnapshot.NotFound)$/)
  for (const use of uses) {
    await expect(use()).rejects.toEqual(expect.objectContaining({ code: unknown }))
  }
  const described = scene.engine.describeSnapshots({ snapshotIds: [a] })
  await expect(described).rejects.toEqual(refusal('InvalidSnapshot.NotFound'))
  const { Snapshots } = await scene.engine.describeSnapshots({})
  expect(Snapshots.map(({ State }) => State)).toEqual(['completed'])
  // Its name is free; the one that comes back gets another.
  await scene.snapshot(volumeId, { name: 'A' })
  expect(await scene.engine.recoverSnapshot({ snapshotId: a })).toMatchObject({
    ...{ name: 'A (2)', state: 'completed' },
  })
  expect(await scene.snapshotOf(a)).toMatchObject({ fullBytes: 10 * GIB, addedBytes: 10 * GIB })
  await scene.engine.recoverSnapshot({ snapshotId: b })
  expect(await scene.view()).toMatchObject({
    bin: [],
    remnants: [],
    deletions: [],
    storedBytes: 16 * GIB,
  })
})

it('F16: a deletion into the bin can be undone as any other, until its time is over', async () => {
  const { scene, a, c } = await threeSnapshots(2)
  await rule(scene, 1, [{ key: 'Keep', value: 'yes' }])
  await scene.engine.setTags({ resourceId: a, tags: [{ key: 'Keep', value: 'yes' }] })
  // A goes to the bin, C for good, in one deletion.
  const plan = await scene.remove([a, c], 60_000)
  expect(plan).toMatchObject({ releasedNowBytes: 2 * GIB, releasedBytes: 6 * GIB })
  expect(plan.binned.map(({ snapshotId }) => snapshotId)).toEqual([a])
  await scene.engine.undoDeletion({})
  expect(await scene.view()).toMatchObject({ bin: [], deletions: [], snapshotCount: 3 })
  await scene.remove([a, c], 60_000)
  scene.nowMs += 61_000
  await scene.reclaim(false)
  await expect(scene.engine.undoDeletion({})).rejects.toEqual(refusal('NOTHING_TO_UNDO'))
  expect((await scene.engine.recoverSnapshot({ snapshotId: a })).name).toBe('A')
})

it('what comes back keeps its name beside a copy that is called so in another region', async () => {
  const { scene, a, c } = await threeSnapshots(1)
  const region = RegionName.parse('eu-west-1')
  await scene.engine.addRegion({ name: region })
  for (const snapshotId of [a, c]) {
    await scene.result('copy', scene.engine.copySnapshot({ snapshotId, region }))
  }
  await rule(scene, 1, [{ key: 'Keep', value: 'yes' }])
  await scene.engine.setTags({ resourceId: a, tags: [{ key: 'Keep', value: 'yes' }] })
  await scene.remove([a, c], 60_000)
  expect((await scene.engine.recoverSnapshot({ snapshotId: a })).name).toBe('A')
  await scene.engine.undoDeletion({})
  expect((await scene.snapshotOf(c)).name).toBe('C')
})

it('F16: the longest rule wins; a region rule leaves out what it says, a removed one holds on', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.linked(scene.image(noises(1, 2)))
  const tagged = async (tags: Tag[]) => {
    const { jobId, snapshotId } = await scene.engine.takeSnapshot({ volumeId, tags })
    await scene.done({ jobId })
    const { binned } = await scene.engine.planDeletion({ snapshotIds: [snapshotId] })
    const days = binned.map(({ exitsAt }) => Math.round((exitsAt - scene.nowMs) / DAY_MS))
    return { snapshotId, days }
  }
  const keep = { key: 'Keep', value: 'yes' }
  const scratch = { key: 'Scratch', value: 'yes' }
  expect((await tagged([keep])).days).toEqual([])
  const { ruleId } = await rule(scene, 30, [keep, { key: 'Keep', value: 'long' }])
  await rule(scene, 7, [], [scratch])
  expect((await tagged([keep])).days).toEqual([30])
  expect((await tagged([{ key: 'keep', value: 'yes' }])).days).toEqual([7])
  expect((await tagged([scratch])).days).toEqual([])
  expect((await tagged([scratch, keep])).days).toEqual([30])
  const { snapshotId } = await tagged([keep])
  await scene.remove([snapshotId])
  await scene.engine.removeRetentionRule({ ruleId })
  expect(await scene.engine.listRetentionRules()).toHaveLength(1)
  expect(await scene.engine.listBin()).toHaveLength(1)
  expect((await tagged([keep])).days).toEqual([7])
  await scene.engine.addRegion({ name: 'eu-west-1' })
  await scene.engine.useRegion({ name: 'eu-west-1' })
  await rule(scene, 365)
  expect((await tagged([keep])).days).toEqual([7])
  await scene.engine.useRegion({ name: 'local' })
  await rule(scene, 365)
  expect((await tagged([keep])).days).toEqual([365])
  for (const days of [0, 366]) {
    await expect(rule(scene, days)).rejects.toEqual(refusal('RULE_REFUSED'))
  }
  await expect(rule(scene, 1, [keep], [scratch])).rejects.toEqual(refusal('RULE_REFUSED'))
})

it('F15, F16: a snapshot that is deleted while it is pending goes to the bin when it is complete', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.linked(scene.image(noises(1, 2)))
  await rule(scene, 1)
  const taking = await scene.engine.takeSnapshot({ volumeId })
  const { snapshotId } = taking
  const plan = await scene.remove([snapshotId], 60_000)
  expect(plan).toMatchObject({ pendingIds: [snapshotId], binned: [{ snapshotId }] })
  expect(await scene.view()).toMatchObject({ bin: [], snapshots: [{ state: 'pending' }] })
  await scene.done(taking)
  const [binned] = await scene.engine.listBin()
  expect(binned).toMatchObject({ snapshotId, releasedAtExitBytes: blocks(2) })
  expect(binned!.exitsAt - binned!.enteredAt).toBe(DAY_MS)
  expect(binned!.enteredAt).toBeGreaterThan(plan.binned[0]!.exitsAt - DAY_MS)
  expect(await scene.view()).toMatchObject({ snapshots: [], storedBytes: blocks(2) })
  await scene.reopen()
  await scene.engine.undoDeletion({})
  expect(await scene.snapshotOf(snapshotId)).toMatchObject({ state: 'completed' })
  await scene.remove([snapshotId])
  scene.nowMs += DAY_MS
  await scene.reopen()
  await expect.poll(() => scene.view()).toMatchObject({ bin: [], storedBytes: 0 })
})

it('F16: what a program that ended at once let out of the bin is given back by the next one', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.linked(scene.image(noises(1, 2)))
  const snapshotId = await scene.snapshot(volumeId)
  await rule(scene, 1)
  await scene.remove([snapshotId])
  scene.nowMs += DAY_MS
  await scene.engine.close()
  const library = openLibrary(scene.library, {}, () => {})
  const gate = new Gate()
  void gate.own(new AbortController().signal, () => new Promise(() => {}))
  const jobs = new Jobs(vi.fn(), vi.fn(), (error) => error)
  const clock = () => scene.nowMs
  const loaders = new VolumeLoaders(library)
  const own = { policyRuns: new Map(), expiryRetries: new Map(), resumesLoading: false }
  emptyBin({ library, jobs, gate, loaders, ...own, clock })
  await jobs.stop()
  closeLibrary(library)
  await scene.reopen()
  await expect.poll(() => scene.view()).toMatchObject({ bin: [], remnants: [], physicalBytes: 0 })
})

it('F16: what is in the bin is deleted when its time comes while the library is open', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.linked(scene.image(noises(1, 2)))
  const snapshotId = await scene.snapshot(volumeId)
  await rule(scene, 1)
  await scene.remove([snapshotId])
  scene.nowMs += DAY_MS
  // Any change makes the engine look at its clock.
  await scene.managed(blocks(1))
  await expect.poll(() => scene.view()).toMatchObject({ bin: [], remnants: [], physicalBytes: 0 })
  expect(await exitEvents(scene)).toHaveLength(1)
})
