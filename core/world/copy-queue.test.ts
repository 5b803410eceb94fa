import { describe, expect, it } from 'vitest'
import { RegionName, type SnapshotId } from '../contract/ids.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'

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

  it('are twenty to one region, and no more', async () => {
    const { scene, one } = await oneAndFar()
    const input = { snapshotId: one, region: FAR }
    const started = []
    for (let i = 0; i < 20; i += 1) {
      started.push(await scene.engine.copySnapshot({ ...input, name: `copy ${i}` }))
    }
    await expect(scene.engine.copySnapshot(input)).rejects.toMatchObject({
      code: 'ResourceLimitExceeded',
    })
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
