import { describe, expect, it } from 'vitest'
import { RegionName, type SnapshotId } from '../contract/ids.ts'
import { causeOf, resultOf } from '../contract/world-events.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { OTHER, OWNER, share } from './testing/sharing-scene.ts'

const GIB = 2 ** 30
const FAR = RegionName.parse('eu-west-1')

/** A snapshot of some noise, and a region that has no copy of it yet. */
async function oneAndFar() {
  const scene = await Scene.begin()
  await scene.engine.addRegion({ name: FAR })
  const volumeId = await scene.linked(scene.image(noises(1, 2, 3, 4, 5)))
  return { scene, one: await scene.snapshot(volumeId) }
}

const copy = (scene: Scene, snapshotId: SnapshotId) =>
  scene.result('copy', scene.engine.copySnapshot({ snapshotId, region: FAR }))

describe('copies under way', () => {
  it('that wait for another one can be cancelled meanwhile, and leave it alone', async () => {
    const { scene, one } = await oneAndFar()
    const first = await scene.engine.copySnapshot({ snapshotId: one, region: FAR })
    const next = await scene.engine.copySnapshot({ snapshotId: one, region: FAR, name: 'again' })
    await scene.engine.cancelJob(next)
    expect((await scene.engine.awaitJob(next)).state).toBe('cancelled')
    const jobs = await scene.engine.listJobs()
    expect(jobs.find(({ jobId }) => jobId === first.jobId)?.state).toBe('running')
    await scene.done(first)
  })

  it('F30: are twenty to one region, and no more; each region and account has twenty of its own', async () => {
    const { scene, one } = await oneAndFar()
    const { engine } = scene
    await engine.addAccount({ accountId: OTHER })
    await share(scene, one, OTHER)
    const third = (await engine.addRegion({ name: 'us-east-1' })).name
    // In one turn: none is done before all were asked for.
    const ask = (region: RegionName, count: number) =>
      Array.from({ length: count }, (_, i) =>
        engine.copySnapshot({ snapshotId: one, region, name: `copy ${i}` }),
      )
    const own = ask(FAR, 20)
    void engine.useAccount({ account: OTHER })
    const theirs = ask(FAR, 1)
    void engine.useAccount({ account: OWNER })
    const answers = await Promise.allSettled([...own, ...theirs, ...ask(FAR, 1), ...ask(third, 21)])
    const refused = { status: 'rejected', reason: { code: 'ResourceLimitExceeded' } }
    const taken = (count: number) => Array(count).fill({ status: 'fulfilled' })
    expect(answers).toMatchObject([...taken(21), refused, ...taken(20), refused])
    expect(answers[21]).toMatchObject({
      reason: { message: expect.stringContaining(FAR), remedy: 'Wait until one of them is done.' },
    })
    const started = answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? [answer.value] : [],
    )
    for (const job of started) await scene.done(job)
    expect(await copy(scene, one)).toMatchObject({ movedBytes: 0 })
  })

  it('take no longer for the size of a volume that has little in it', async () => {
    const scene = await Scene.begin()
    await scene.engine.addRegion({ name: FAR })
    const volumeId = await scene.managed(15 * 1024 * GIB)
    await scene.fill(volumeId, 14 * 1024 * GIB, blocks(2), 'far out')
    const began = performance.now()
    const { movedBytes } = await copy(scene, await scene.snapshot(volumeId))
    expect(movedBytes).toBe(blocks(2))
    await scene.fill(volumeId, 0, 2 * GIB, 'near')
    const next = await copy(scene, await scene.snapshot(volumeId))
    expect(next).toMatchObject({ incremental: true, movedBytes: 2 * GIB })
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('a copy that EBS lets fail', () => {
  it('of a snapshot that is pending or missing is begun, and ends as error', async () => {
    const { scene, one } = await oneAndFar()
    const { volumeId } = await scene.snapshotOf(one)
    const taking = await scene.engine.takeSnapshot({ volumeId })
    const unknown = `snap-${'0'.repeat(17)}` as SnapshotId
    const failures = []
    for (const snapshotId of [taking.snapshotId, unknown]) {
      const started = await scene.engine.copySnapshot({ snapshotId, region: FAR })
      const { error } = await scene.engine.awaitJob(started)
      failures.push([error?.code, (await scene.snapshotOf(started.snapshotId)).stateMessage])
    }
    expect(failures).toEqual([
      ['SOURCE_NOT_COMPLETE', 'Source snapshot is not complete'],
      ['SOURCE_NOT_FOUND', 'Source snapshot is not found'],
    ])
    await scene.done(taking)
    await scene.reopen()
    const { Snapshots } = await scene.engine.describeSnapshots({})
    const failed = Snapshots.filter(({ State }) => State === 'error')
    expect(failed).toMatchObject(Array(2).fill({ VolumeSize: 0, Progress: '0%' }))
    for (const each of failed) expect(each).not.toHaveProperty('FullSnapshotSizeInBytes')
    const events = await scene.engine.listEvents({ type: 'copySnapshot' })
    expect(events.map(({ detail }) => [resultOf(detail), causeOf(detail)])).toEqual(
      failures.map(([, message]) => ['failed', message]),
    )
    await scene.remove(failed.map(({ SnapshotId }) => SnapshotId))
    await scene.reclaim()
    expect((await scene.view()).snapshots).toHaveLength(2)
  })

  it('is deleted when it is complete, where that was asked for meanwhile', async () => {
    const { scene, one } = await oneAndFar()
    const started = await scene.engine.copySnapshot({ snapshotId: one, region: FAR })
    await scene.remove([started.snapshotId], 60_000)
    await scene.done(started)
    expect((await scene.view()).snapshots).toHaveLength(1)
    const planned = await scene.engine.planCopy({ snapshotId: one, region: FAR })
    expect(planned.fullBecause).toBe('newest-copy-deleted')
  })
})

describe('a time-based copy', () => {
  const MIB = 2 ** 20

  /** A snapshot of so many MiB of fill blocks. */
  async function filled(mib: number) {
    const scene = await Scene.begin()
    await scene.engine.addRegion({ name: FAR })
    const volumeId = await scene.managed(mib * MIB)
    await scene.fill(volumeId, 0, mib * MIB, 'seed')
    return { scene, snapshotId: await scene.snapshot(volumeId) }
  }

  it('F31, W36: 225,000 MiB in 15 minutes are 250 MiB/s; 450,000 are the most', async () => {
    const { scene, snapshotId } = await filled(450_001)
    const plan = (completionMinutes: number) =>
      scene.engine.planCopy({ snapshotId, region: FAR, completionMinutes })
    const tooFast = { code: 'COPY_TOO_FAST' }
    await expect(plan(15)).rejects.toMatchObject(tooFast)
    const asked = { snapshotId, region: FAR, completionMinutes: 15 }
    await expect(scene.engine.copySnapshot(asked)).rejects.toMatchObject(tooFast)
    expect((await plan(30)).mibPerSecond).toBeCloseTo(250, 2)
    expect((await plan(2_880)).mibPerSecond).toBeCloseTo(2.6, 1)
    const most = await filled(450_000)
    const least = { ...asked, snapshotId: most.snapshotId }
    expect(await most.scene.engine.planCopy(least)).toMatchObject({ mibPerSecond: 500 })
    const half = await filled(225_000)
    const copying = half.scene.engine.copySnapshot({ ...asked, snapshotId: half.snapshotId })
    const copied = await half.scene.result('copy', copying)
    expect(copied.mibPerSecond).toBe(250)
    expect(await half.scene.snapshotOf(copied.snapshotId)).toMatchObject({ completionMinutes: 15 })
    const { Snapshots } = await half.scene.engine.describeSnapshots({
      snapshotIds: [copied.snapshotId],
    })
    expect(Snapshots).toMatchObject([{ TransferType: 'time-based', CompletionDurationMinutes: 15 }])
    const [event] = await half.scene.engine.listEvents({ type: 'copySnapshot' })
    expect(event!.detail).toMatchObject({
      transferType: 'time-based',
      metCompletionDuration: 'true',
    })
  })

  it.each([14, 16, 0, -15, 2_895])(
    'F31: in %d minutes is refused, in the words of EBS',
    async (n) => {
      const { scene, one } = await oneAndFar()
      const asked = { snapshotId: one, region: FAR, completionMinutes: n }
      await expect(scene.engine.copySnapshot(asked)).rejects.toMatchObject({
        code: 'InvalidParameterValue',
        message: `'${n}' is not a valid value for completion duration. Specify a value between 15 and 2880 minutes, in 15 minute increments only`,
        remedy: expect.stringMatching(/as fast as it can be then\.$/),
      })
    },
  )

  it('F31: is refused where those under way need 2,000 MiB/s together', async () => {
    const { scene, snapshotId } = await filled(441_000)
    const asked = (i: number) => ({
      ...{ snapshotId, region: FAR, completionMinutes: 15, name: `copy ${i}` },
    })
    // In one turn: copies of fill blocks are done in the next.
    const starting = [0, 1, 2, 3].map((i) => scene.engine.copySnapshot(asked(i)))
    const next = scene.engine.copySnapshot(asked(4))
    await expect(next).rejects.toMatchObject({
      code: 'COPY_TOO_FAST',
      message: expect.stringContaining('1960'),
    })
    for (const each of await Promise.all(starting)) await scene.done(each)
    await scene.done(await scene.engine.copySnapshot(asked(4)))
  })

  it('F23, F31: that is late is told of while it goes on, and when it is there', async () => {
    const { scene, one } = await oneAndFar()
    const asked = { snapshotId: one, region: FAR, completionMinutes: 15 }
    const started = await scene.engine.copySnapshot(asked)
    const { startedAt } = await scene.snapshotOf(started.snapshotId)
    scene.nowMs += 15 * 60_000
    await scene.done(started)
    const events = (await scene.engine.listEvents({})).slice(-2)
    const since = { completionDurationStartTime: new Date(startedAt).toISOString() }
    expect(events.map(({ detail }) => detail)).toMatchObject([
      { event: 'copyMissedCompletionDuration', transferType: 'time-based', ...since },
      { event: 'copySnapshot', result: 'succeeded', metCompletionDuration: 'false', ...since },
    ])
  })
})
