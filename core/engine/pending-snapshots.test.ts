import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import { noise } from '../testing/make-image.ts'
import { blocks, noises, Scene } from './testing/scene.ts'

/** A managed volume of 4 written blocks, and so many pending snapshots of it. */
async function queue(count: number) {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(8))
  await scene.write(volumeId, 0, noise(1, blocks(4)))
  const taking = await begin(scene, volumeId, count)
  return { scene, volumeId, taking, ids: taking.map(({ snapshotId }) => snapshotId) }
}

async function begin(scene: Scene, volumeId: VolumeId, count: number) {
  const taking = []
  for (let i = 0; i < count; i += 1) taking.push(await scene.engine.takeSnapshot({ volumeId }))
  return taking
}

const states = async (scene: Scene) => (await scene.view()).snapshots.map(({ state }) => state)

const LIMIT = { code: 'ConcurrentSnapshotLimitExceeded' }

describe('pending snapshots of a volume', () => {
  it('F21, F24: are five; each follows the one before, and is of the moment it was asked for', async () => {
    const { scene, volumeId, taking, ids } = await queue(5)
    const { snapshots } = await scene.view()
    expect(snapshots.map(({ name }) => name)).toEqual(['s1', 's2', 's3', 's4', 's5'])
    expect(snapshots.map(({ parentId }) => parentId)).toEqual([null, ...ids.slice(0, 4)])
    expect(new Set(snapshots.map(({ state }) => state))).toEqual(new Set(['pending']))
    await expect(scene.engine.takeSnapshot({ volumeId })).rejects.toMatchObject(LIMIT)
    await scene.done(taking[0]!)
    const next = await scene.engine.takeSnapshot({ volumeId })
    for (const each of [...taking.slice(1), next]) await scene.done(each)
    const after = (await scene.view()).snapshots
    expect(after.map(({ parentId }) => parentId)).toEqual([null, ...ids])
    expect(after.map(({ addedBytes }) => addedBytes)).toEqual([blocks(4), 0, 0, 0, 0, 0])
    expect(after.at(-1)).toMatchObject({ name: 's6', fullBytes: blocks(4) })
    const starts = after.map(({ startedAt }) => startedAt)
    expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b))
  })

  it('go on when one before them is cancelled', async () => {
    const { scene, taking, ids } = await queue(3)
    await scene.engine.cancelJob(taking[1]!)
    await scene.engine.cancelJob(taking[0]!)
    await scene.done(taking[2]!)
    expect((await scene.view()).snapshots).toMatchObject([
      { snapshotId: ids[2], parentId: null, addedBytes: blocks(4) },
    ])
  })

  it('of an image: a torn one fails, and so do those that wait for the same state', async () => {
    const scene = await Scene.begin()
    const file = scene.image(noises(1, 2, 3))
    const volumeId = await scene.linked(file)
    const taking = await begin(scene, volumeId, 2)
    const larger = scene.image(noises(1, 2, 3, 4))
    const other = await scene.engine.takeSnapshot({ volumeId, file: larger })
    const smaller = { volumeId, file: scene.image(noises(1, 2, 3)) }
    await expect(scene.engine.takeSnapshot(smaller)).rejects.toMatchObject({ code: 'IMAGE_SHRANK' })
    writeFileSync(file, noise(9, blocks(3)))
    for (const each of taking) {
      expect(await scene.failureOf(Promise.resolve(each))).toBe('IMAGE_CHANGED')
    }
    await scene.done(other)
    expect(await states(scene)).toEqual(['error', 'error', 'completed'])
  })
})

describe('deleting a pending snapshot', () => {
  const remove = (scene: Scene, ids: SnapshotId[]) => scene.remove(ids, 60_000)

  it('F15: takes effect when it is completed, and counts until then', async () => {
    const { scene, volumeId, taking, ids } = await queue(5)
    const plan = await remove(scene, [ids[0]!])
    expect(plan).toMatchObject({ pendingIds: [ids[0]], releasedBytes: 0, heirs: [] })
    expect(await scene.snapshotOf(ids[0]!)).toMatchObject({ state: 'pending', isToBeDeleted: true })
    await expect(scene.engine.takeSnapshot({ volumeId })).rejects.toMatchObject(LIMIT)
    await expect(remove(scene, [ids[0]!])).rejects.toMatchObject({ code: 'DELETED_ALREADY' })
    for (const each of taking) await scene.done(each)
    const { snapshots, deletions, storedBytes } = await scene.view()
    expect(snapshots.map(({ snapshotId }) => snapshotId)).toEqual(ids.slice(1))
    expect(deletions).toMatchObject([{ snapshotIds: [ids[0]], releasedBytes: blocks(4) }])
    // The next one stores anew what only that one had.
    expect(snapshots[0]).toMatchObject({ addedBytes: blocks(4) })
    const steps = await scene.engine.listHistory()
    const sum = steps.reduce((total, { storedDeltaBytes }) => total + storedDeltaBytes, 0)
    expect(sum).toBe(storedBytes)
    await scene.engine.undoDeletion({})
    expect((await scene.view()).snapshots).toHaveLength(5)
    expect(await scene.verify()).toMatchObject({ ok: true })
  })

  it('is undone before that, and then nothing happened', async () => {
    const { scene, taking, ids } = await queue(2)
    await remove(scene, ids)
    expect((await scene.engine.undoDeletion({})).snapshotIds).toEqual(ids)
    for (const each of taking) await scene.done(each)
    expect(await states(scene)).toEqual(['completed', 'completed'])
    expect((await scene.view()).deletions).toEqual([])
  })

  it('that is cancelled then leaves no deletion behind, and one that fails is gone', async () => {
    const { scene, taking, ids } = await queue(1)
    await remove(scene, ids)
    await scene.engine.cancelJob(taking[0]!)
    await scene.engine.awaitJob(taking[0]!)
    expect(await scene.view()).toMatchObject({ snapshots: [], deletions: [] })
    const file = scene.image(noises(1, 2))
    const volumeId = await scene.linked(file, 'disk')
    const failing = await scene.engine.takeSnapshot({ volumeId })
    await remove(scene, [failing.snapshotId])
    writeFileSync(file, noise(9, blocks(2)))
    expect(await scene.failureOf(Promise.resolve(failing))).toBe('IMAGE_CHANGED')
    expect((await scene.view()).snapshots).toEqual([])
    await scene.engine.undoDeletion({})
    expect(await states(scene)).toEqual(['error'])
  })

  it('may be reclaimed with others while it goes on', async () => {
    const { scene, volumeId, taking } = await queue(1)
    await scene.done(taking[0]!)
    await scene.fill(volumeId, blocks(4), blocks(2), 'more')
    const next = await scene.engine.takeSnapshot({ volumeId })
    await scene.remove([taking[0]!.snapshotId, next.snapshotId])
    const reclaiming = scene.reclaim()
    await scene.done(next)
    await reclaiming
    await scene.reclaim()
    expect(await scene.view()).toMatchObject({
      ...{ snapshots: [], deletions: [], remnants: [] },
      ...{ storedBytes: 0, physicalBytes: 0 },
    })
    expect(await scene.verify()).toMatchObject({ ok: true })
  })
})

describe('a snapshot that failed', () => {
  /** Its image changed while it was read. */
  async function failed() {
    const scene = await Scene.begin()
    const file = scene.image(noises(1, 2))
    const volumeId = await scene.linked(file)
    const taking = await scene.engine.takeSnapshot({ volumeId, name: 'nightly' })
    writeFileSync(file, noise(9, blocks(2)))
    const { error } = await scene.engine.awaitJob(taking)
    return { scene, volumeId, file, id: taking.snapshotId, message: error!.message }
  }

  it('F21: stays as error with its cause, without blocks, over a restart', async () => {
    const { scene, id, message } = await failed()
    await scene.reopen()
    expect(await scene.snapshotOf(id)).toMatchObject({
      ...{ state: 'error', stateMessage: message, progress: 0, completedAt: null },
      ...{ fullBytes: 0, storedHereBytes: 0, parentId: null },
    })
    const { Snapshots } = await scene.engine.describeSnapshots({})
    expect(Snapshots).toMatchObject([{ State: 'error', StateMessage: message, Progress: '0%' }])
    expect(Snapshots[0]).not.toHaveProperty('FullSnapshotSizeInBytes')
    expect(Snapshots[0]).not.toHaveProperty('CompletionTime')
    const using = scene.engine.restoreToFile({
      ...{ snapshotId: id, file: scene.path('x'), sha256: false, overwrite: false },
    })
    await expect(using).rejects.toMatchObject({ code: 'SNAPSHOT_FAILED' })
    expect(await scene.view()).toMatchObject({ snapshotCount: 0, storedBytes: 0 })
  })

  it('leaves its name to the next try, and can be deleted, undone and reclaimed', async () => {
    const { scene, volumeId, id } = await failed()
    await scene.snapshot(volumeId, { name: 'nightly' })
    expect(await scene.remove([id], 60_000)).toMatchObject({ releasedBytes: 0, pendingIds: [] })
    expect(await states(scene)).toEqual(['completed'])
    await scene.engine.undoDeletion({})
    expect(await states(scene)).toEqual(['error', 'completed'])
    await scene.remove([id])
    await scene.reclaim()
    await scene.reopen()
    expect(await states(scene)).toEqual(['completed'])
    expect((await scene.view()).remnants).toEqual([])
    expect(await scene.verify()).toMatchObject({ ok: true })
  })
})
