import { closeSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { CATALOG_FILE } from '../catalog/database.ts'
import { VolumeId } from '../contract/ids.ts'
import { filesIn } from '../testing/files-in.ts'
import { noise } from '../testing/make-image.ts'
import { newId } from './ids.ts'
import { volumesDir } from './library-paths.ts'
import { HeldQueue } from './testing/held-queue.ts'
import { block, COUNT, inFile, snapshotted, status, waiting } from './testing/lazy-scene.ts'
import { blocks, Scene } from './testing/scene.ts'

test('loaders of very many volumes have buffers of one', async () => {
  const scene = await Scene.begin()
  const held = await HeldQueue.begin(scene, await scene.managed(blocks(1)))
  const bytesOf = () => process.memoryUsage().arrayBuffers
  const before = bytesOf()
  const ids = Array.from({ length: 64 }, () => newId(VolumeId, 'vol'))
  expect(new Set(ids.map((id) => held.context.loaders.of(id))).size).toBe(ids.length)
  expect(bytesOf() - before).toBeLessThan(blocks(8))
  await held.release()
})

describe('while a volume is loading', () => {
  test('a restart goes on by itself, unless it was paused', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const paused = await waiting(scene, snapshotId, 'paused')
    await scene.engine.touchVolume({ volumeId: paused, firstBlock: 1, blockCount: 2 })
    const request = { snapshotId, name: 'lazy', rateMiBPerS: 100 }
    const { volumeId, jobId } = await scene.engine.createVolumeFromSnapshot(request)
    await scene.engine.touchVolume({ volumeId, firstBlock: 7, blockCount: 1 })
    scene.events.length = 0
    await scene.reopen()
    expect(scene.events).toContainEqual(
      expect.objectContaining({ job: expect.objectContaining({ jobId, state: 'cancelled' }) }),
    )
    const jobs = await scene.engine.listJobs()
    expect(jobs).toMatchObject([{ kind: 'load', volumeId, state: 'running' }])
    await scene.done(jobs[0]!)
    expect(inFile(scene, volumeId).equals(bytes)).toBe(true)
    expect(await status(scene, volumeId)).toMatchObject({ touchedBlocks: 1, state: 'loaded' })
    expect(await status(scene, paused)).toMatchObject({
      state: 'paused',
      touchedBlocks: 2,
      secondsLeft: null,
      InitializationStatusDetails: null,
    })
  })

  test('a snapshot of it stores nothing that its base has, and is whole', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const volumeId = await waiting(scene, snapshotId)
    await scene.write(volumeId, 0, noise(77, blocks(1)))
    noise(77, blocks(1)).copy(bytes)
    const second = await scene.snapshot(volumeId)
    expect(await scene.snapshotOf(second)).toMatchObject({
      parentId: snapshotId,
      addedBytes: blocks(1),
      fullBytes: blocks(COUNT),
    })
    expect(await status(scene, volumeId)).toMatchObject({ touchedBlocks: 0 })
    expect((await scene.bytesOf(second)).equals(bytes)).toBe(true)
    // Without a base all of it has to be stored: so it is loaded first.
    await scene.remove([snapshotId, second])
    await scene.reclaim()
    const full = await scene.snapshot(volumeId)
    expect((await scene.bytesOf(full)).equals(bytes)).toBe(true)
    expect(await status(scene, volumeId)).toMatchObject({ touchedBlocks: COUNT - 1 })
    expect(await scene.verify()).toMatchObject({ ok: true })
  })

  test('removing it stops the loading and leaves nothing', async () => {
    const { scene, snapshotId } = await snapshotted()
    const before = filesIn(scene.library)
    const request = { snapshotId, name: 'lazy', rateMiBPerS: 100 }
    const { volumeId, jobId } = await scene.engine.createVolumeFromSnapshot(request)
    await scene.engine.removeVolume({ volumeId })
    expect((await scene.engine.awaitJob({ jobId })).state).toBe('cancelled')
    expect(filesIn(scene.library)).toEqual(before)
    expect((await scene.view()).volumes).toHaveLength(1)
  })

  test('one that is told to go on while it comes to a stop goes on', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const volumeId = await waiting(scene, snapshotId)
    const first = await scene.engine.loadVolume({ volumeId })
    await scene.engine.cancelJob(first)
    const second = await scene.engine.loadVolume({ volumeId, rateMiBPerS: 300 })
    expect(second.jobId).not.toBe(first.jobId)
    expect((await scene.engine.awaitJob(first)).state).toBe('cancelled')
    await scene.done(second)
    expect(await status(scene, volumeId)).toMatchObject({ state: 'loaded' })
    expect(inFile(scene, volumeId).equals(bytes)).toBe(true)
    // What changes nothing is no step.
    await scene.done(await scene.engine.loadVolume({ volumeId }))
    await scene.engine.pauseLoading({ volumeId })
    const { name } = (await scene.view()).volumes.find((each) => each.volumeId === volumeId)!
    expect((await scene.engine.listHistory()).slice(-3)).toMatchObject([
      { title: `Paused loading “${name}”`, command: `strata volume pause ${name}` },
      { title: `Went on loading “${name}”`, command: `strata volume load ${name}` },
      {
        title: `Went on loading “${name}”, at 300 MiB/s`,
        command: `strata volume load ${name} --rate 300`,
      },
    ])
  })

  test('loading that fails is not told as going on, and goes on when it is asked to', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const request = { snapshotId, name: 'lazy', rateMiBPerS: 100 }
    const { volumeId, jobId } = await scene.engine.createVolumeFromSnapshot(request)
    const file = join(volumesDir(scene.library), `${volumeId}.img`)
    renameSync(file, scene.path('away'))
    expect((await scene.engine.awaitJob({ jobId })).error?.code).toBe('FILE_UNWRITABLE')
    expect(await status(scene, volumeId)).toMatchObject({ state: 'paused', secondsLeft: null })
    renameSync(scene.path('away'), file)
    const again = await scene.engine.loadVolume({ volumeId, rateMiBPerS: null })
    expect(await status(scene, volumeId)).toMatchObject({ state: 'loading', rateMiBPerS: null })
    expect((await scene.engine.listHistory()).at(-1)).toMatchObject({
      title: 'Went on loading “lazy”, as fast as it goes',
      command: 'strata volume load lazy --rate unlimited',
    })
    await scene.done(again)
    expect(inFile(scene, volumeId).equals(bytes)).toBe(true)
  })

  test('blocks that are damaged or lost are told, and keep no other from coming', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const volumeId = await waiting(scene, snapshotId)
    const [segment] = filesIn(join(scene.library, 'regions'))
    const fd = openSync(segment!, 'r+')
    writeSync(fd, Buffer.alloc(16), 0, 16, 4_096 + blocks(5) + 100)
    closeSync(fd)
    await loseRecord(scene, 7)
    const failing = scene.engine.loadVolume({ volumeId })
    expect(await scene.failureOf(failing)).toBe('BLOCK_DAMAGED')
    const damaged = {
      ...{ state: 'damaged', backgroundBlocks: COUNT - 2, secondsLeft: null },
      damagedRanges: [
        { firstBlock: 5, blockCount: 1 },
        { firstBlock: 7, blockCount: 1 },
      ],
    }
    expect(await status(scene, volumeId)).toMatchObject(damaged)
    expect((await scene.view()).volumes[1]).toMatchObject({ load: { state: 'damaged' } })
    expect(block(inFile(scene, volumeId), 11).equals(block(bytes, 11))).toBe(true)
    const touching = scene.engine.touchVolume({ volumeId, firstBlock: 5, blockCount: 1 })
    await expect(touching).rejects.toMatchObject({ code: 'BLOCK_DAMAGED' })
    // It is told until it is tried again, or something else is there.
    await scene.reopen()
    expect(await scene.engine.listJobs()).toEqual([])
    expect(await status(scene, volumeId)).toMatchObject(damaged)
    expect(await scene.failureOf(scene.engine.loadVolume({ volumeId }))).toBe('BLOCK_DAMAGED')
    expect(await status(scene, volumeId)).toMatchObject(damaged)
    await scene.write(volumeId, blocks(5), noise(78, blocks(3)))
    expect(await status(scene, volumeId)).toMatchObject({ state: 'loaded', damagedRanges: [] })
  })
})

/** Has the catalog forget where a stored block lies. */
async function loseRecord(scene: Scene, blockId: number): Promise<void> {
  await scene.engine.close()
  const nativeBinding = process.env.STRATA_SQLITE_BINDING
  const db = new Sqlite(join(scene.library, CATALOG_FILE), nativeBinding ? { nativeBinding } : {})
  const records = db.prepare('SELECT records FROM block_page').pluck().get() as Buffer
  records.fill(0, 48 * blockId, 48 * (blockId + 1))
  db.prepare('UPDATE block_page SET records = ?').run(records)
  db.close()
  await scene.reopen()
}
