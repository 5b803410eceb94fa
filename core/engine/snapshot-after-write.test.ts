import { writeFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { VolumeId } from '../contract/ids.ts'
import { noise } from '../testing/make-image.ts'
import { blocks, Scene } from './testing/scene.ts'

const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }
const AT = blocks(2) + 5

/** A volume of ten blocks with a snapshot, over most of which a file is being written. */
async function written(encrypted: boolean) {
  const scene = await Scene.begin({ vault })
  const wish = { name: 'work', sizeBytes: blocks(10), encrypted }
  const { volumeId } = await scene.engine.createVolume(wish)
  const bytes = noise(1, blocks(10))
  await scene.write(volumeId, 0, bytes)
  await scene.snapshot(volumeId)
  const file = scene.path('long')
  const news = noise(2, blocks(6))
  writeFileSync(file, news)
  const writing = await scene.engine.writeFile({ volumeId, offsetBytes: AT, file })
  const take = () => scene.engine.takeSnapshot({ volumeId })
  news.copy(bytes, AT)
  return { scene, volumeId, writing, take, bytes }
}

/** What waited for a write has begun. */
const isOver = async (scene: Scene, writing: Parameters<Scene['done']>[0]) => {
  await scene.engine.awaitJob(writing)
  await nextTurn()
}

it.each([false, true])(
  'a snapshot that is asked for during a write has all of it, and nothing later, encrypted: %s',
  async (encrypted) => {
    const { scene, volumeId, writing, take, bytes } = await written(encrypted)
    const taking = [await take(), await take()]
    const jobs = await scene.engine.listJobs()
    expect(jobs.find(({ jobId }) => jobId === taking[0]!.jobId)).toMatchObject({
      ...{ title: 'Snapshot s2 of work, after: Write to work', state: 'running' },
    })
    await isOver(scene, writing)
    const filling = scene.fill(volumeId, 0, blocks(1), 'later')
    const last = await take()
    await filling
    for (const each of [...taking, last]) await scene.done(each)
    for (const { snapshotId } of taking) {
      expect((await scene.bytesOf(snapshotId)).equals(bytes)).toBe(true)
    }
    const all = await scene.contentOf(volumeId, bytes.length)
    expect(all.subarray(blocks(1)).equals(bytes.subarray(blocks(1)))).toBe(true)
    expect(all.equals(bytes)).toBe(false)
    expect((await scene.bytesOf(last.snapshotId)).equals(all)).toBe(true)
    const { snapshots, volumes } = await scene.view()
    expect(snapshots.map(({ addedBytes }) => addedBytes)).toEqual(
      [10, 7, 0, 1].map((n) => blocks(n)),
    )
    expect(volumes[0]!.head).toMatchObject({ changedBytes: 0 })
    expect(await scene.verify()).toMatchObject({ ok: true })
  },
)

it('one that waits can be cancelled, and so can the write: its part is in the others', async () => {
  const { scene, volumeId, writing, take, bytes } = await written(false)
  const [first, second] = [await take(), await take()]
  await scene.engine.cancelJob(first)
  expect(await scene.failureOf(Promise.resolve(first))).toBe('JOB_CANCELLED')
  await scene.engine.cancelJob(writing)
  await isOver(scene, writing)
  const later = await changedAfter(scene, volumeId)
  await scene.done(second)
  const { snapshots } = await scene.view()
  expect(snapshots.map(({ snapshotId }) => snapshotId).slice(1)).toEqual([second.snapshotId])
  const taken = await scene.bytesOf(second.snapshotId)
  expect(taken.subarray(0, AT).equals(bytes.subarray(0, AT))).toBe(true)
  const last = await scene.snapshot(volumeId)
  later.copy(taken, 0)
  expect((await scene.bytesOf(last)).equals(taken)).toBe(true)
})

async function changedAfter(scene: Scene, volumeId: VolumeId): Promise<Buffer> {
  const later = noise(3, 100)
  await scene.write(volumeId, 0, later)
  return later
}
