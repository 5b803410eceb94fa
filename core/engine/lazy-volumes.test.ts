import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noise } from '../testing/make-image.ts'
import {
  block,
  COUNT,
  inFile,
  isZero,
  loaded,
  readBack,
  snapshotted,
  status,
  waiting,
} from './testing/lazy-scene.ts'
import { blocks, noises } from './testing/scene.ts'

describe('a volume of a snapshot', () => {
  test('is there at once, loads in the background, and says how far it is', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const request = { snapshotId, name: 'lazy', rateMiBPerS: 300 }
    const { volumeId, jobId } = await scene.engine.createVolumeFromSnapshot(request)
    expect(await status(scene, volumeId)).toEqual({
      volumeId,
      name: 'lazy',
      state: 'loading',
      totalBytes: blocks(COUNT),
      loadedBytes: 0,
      damagedRanges: [],
      touchedBlocks: 0,
      backgroundBlocks: 0,
      rateMiBPerS: 300,
      isFastRestored: false,
      secondsLeft: COUNT / 2 / 300,
      InitializationStatusDetails: {
        InitializationType: 'provisioned-rate',
        Progress: 0,
        EstimatedTimeToCompleteInSeconds: 1,
      },
    })
    const [event] = (await scene.engine.listEvents({ type: 'createVolume' })).slice(-1)
    expect(event!.detail).toMatchObject({ result: 'available' })
    expect(event!.resources[0]).toContain(volumeId)
    const job = await scene.done({ jobId })
    expect(job).toMatchObject({ kind: 'load', volumeId, doneBytes: blocks(COUNT) })
    expect(inFile(scene, volumeId).equals(bytes)).toBe(true)
    expect(await status(scene, volumeId)).toMatchObject({
      state: 'loaded',
      touchedBlocks: 0,
      backgroundBlocks: COUNT,
      secondsLeft: 0,
      InitializationStatusDetails: { Progress: 100, EstimatedTimeToCompleteInSeconds: 0 },
    })
    const { volumes } = await scene.view()
    expect(volumes.map(({ load }) => load?.state ?? null)).toEqual([null, 'loaded'])
  })

  test('keeps to its rate', async () => {
    const { scene, snapshotId } = await snapshotted()
    const request = { snapshotId, name: 'lazy', rateMiBPerS: 100 }
    const begunAt = performance.now()
    await scene.done(await scene.engine.createVolumeFromSnapshot(request))
    const fastestMs = (COUNT / 2 / 100) * 1_000
    expect(performance.now() - begunAt).toBeGreaterThan(fastestMs * 0.9)
  })

  test('refuses what EBS refuses: F19 a pending snapshot, F18 and W44 a smaller size, other rates', async () => {
    const { scene, image, snapshotId } = await snapshotted()
    const make = (input: object) =>
      scene.engine.createVolumeFromSnapshot({ snapshotId, name: 'no', ...input })
    const file = scene.image(noises(50, 51, 52, ...Array(COUNT).keys()))
    const taking = await scene.engine.takeSnapshot({ volumeId: image, file })
    await expect(make({ snapshotId: taking.snapshotId })).rejects.toMatchObject({
      code: 'IncorrectState',
      message: expect.stringContaining('Snapshot is in invalid state - pending'),
    })
    await scene.done(taking)
    const smaller = blocks(COUNT) - 1
    await expect(make({ sizeBytes: smaller })).rejects.toMatchObject({ code: 'SIZE_REFUSED' })
    for (const rateMiBPerS of [99, 301, 0]) {
      await expect(make({ rateMiBPerS })).rejects.toMatchObject({ code: 'RATE_REFUSED' })
    }
    expect((await scene.view()).volumes).toHaveLength(1)
    // Larger is allowed, equal is the default.
    for (const [wish, bytes] of [
      [{ sizeBytes: blocks(COUNT) + 5 }, blocks(COUNT) + 5],
      [{ name: 'equal' }, blocks(COUNT)],
    ] as const) {
      const { volumeId } = await make(wish)
      await loaded(scene, volumeId)
      expect(inFile(scene, volumeId).length).toBe(bytes)
    }
  })
})

describe('a block that is touched', () => {
  test('comes before the queue reaches it, and is counted as touched', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const volumeId = await waiting(scene, snapshotId)
    const { load } = await scene.engine.touchVolume({ volumeId, firstBlock: 10, blockCount: 1 })
    expect(load).toMatchObject({
      state: 'paused',
      loadedBytes: blocks(1),
      touchedBlocks: 1,
      backgroundBlocks: 0,
    })
    const file = inFile(scene, volumeId)
    expect(block(file, 10).equals(block(bytes, 10))).toBe(true)
    expect(isZero(file.subarray(0, blocks(10)))).toBe(true)
    // Again, or beyond the end: nothing to do.
    await scene.engine.touchVolume({ volumeId, firstBlock: 10, blockCount: 1 })
    await scene.engine.touchVolume({ volumeId, firstBlock: COUNT, blockCount: 9 })
    const sample = await scene.engine.sampleCore({
      volumeId,
      snapshotIds: [],
      withHead: true,
      firstBlock: 0,
      blockCount: COUNT,
      maxRows: 100,
      doomedIds: [],
    })
    expect([...sample.rowStarts]).toEqual([0, 10, 11, COUNT])
    expect([...sample.columns[0]!.unloadedBlocks!]).toEqual([10, 0, 1])

    await loaded(scene, volumeId)
    expect(await status(scene, volumeId)).toMatchObject({
      state: 'loaded',
      touchedBlocks: 1,
      backgroundBlocks: COUNT - 1,
    })
    expect(inFile(scene, volumeId).equals(bytes)).toBe(true)
  })

  test('is in the volume while the background is still on its way', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const request = { snapshotId, name: 'lazy', rateMiBPerS: 100 }
    const { volumeId, jobId } = await scene.engine.createVolumeFromSnapshot(request)
    await scene.engine.touchVolume({ volumeId, firstBlock: COUNT - 1, blockCount: 1 })
    const { state, touchedBlocks, backgroundBlocks } = await status(scene, volumeId)
    expect({ state, touchedBlocks }).toEqual({ state: 'loading', touchedBlocks: 1 })
    expect(backgroundBlocks).toBeLessThan(COUNT - 1)
    await scene.done({ jobId })
    expect(inFile(scene, volumeId).equals(bytes)).toBe(true)
  })

  test('is touched by reading, and only what is read', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const volumeId = await waiting(scene, snapshotId)
    await scene.fill(volumeId, blocks(3), blocks(1), 'seed')
    const read = await readBack(scene, volumeId, 2, 3)
    expect(block(read, 0).equals(block(bytes, 2))).toBe(true)
    expect(isZero(block(read, 1))).toBe(false)
    expect(block(read, 2).equals(block(bytes, 4))).toBe(true)
    expect(await status(scene, volumeId)).toMatchObject({
      touchedBlocks: 2,
      // What was written needs no loading.
      loadedBytes: blocks(3),
    })
    const beyond = { offsetBytes: blocks(COUNT) - 1, lengthBytes: 2, file: scene.path('no') }
    await expect(
      scene.engine.readVolume({ volumeId, ...beyond, overwrite: false }),
    ).rejects.toMatchObject({ code: 'RANGE_REFUSED' })
    const inside = { offsetBytes: 0, lengthBytes: 2, file: join(scene.library, 'x') }
    await expect(
      scene.engine.readVolume({ volumeId, ...inside, overwrite: false }),
    ).rejects.toMatchObject({ code: 'FILE_IN_LIBRARY' })
  })

  test('comes before it is written in part; one that is written whole need not come', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const volumeId = await waiting(scene, snapshotId)
    const patch = noise(99, blocks(2))
    patch.copy(bytes, blocks(4) + 7)
    await scene.write(volumeId, blocks(4) + 7, patch)
    const partly = await status(scene, volumeId)
    expect(partly).toMatchObject({ touchedBlocks: 2, loadedBytes: blocks(3) })
    await scene.fill(volumeId, 100, 50, 'seed')
    expect(await status(scene, volumeId)).toMatchObject({ touchedBlocks: 3 })
    inFile(scene, volumeId).copy(bytes, 100, 100, 150)
    await scene.engine.resizeVolume({ volumeId, sizeBytes: blocks(COUNT + 1) })
    await loaded(scene, volumeId)
    expect((await status(scene, volumeId)).backgroundBlocks).toBe(COUNT - 4)
    const grown = Buffer.concat([bytes, Buffer.alloc(blocks(1))])
    expect((await readBack(scene, volumeId, 0, COUNT + 1)).equals(grown)).toBe(true)
    expect(await scene.verify()).toMatchObject({ ok: true })
  })
})
