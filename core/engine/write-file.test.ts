import { closeSync, openSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { allocatedBytesOf, canPunchHoles } from '../blocks/punch.ts'
import { StrataError } from '../contract/errors.ts'
import type { VolumeId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { openImage } from '../images/image-file.ts'
import { noise } from '../testing/make-image.ts'
import { volumesDir } from './library-paths.ts'
import { readImage } from './outside-file.ts'
import { HeldQueue } from './testing/held-queue.ts'
import { blocks, Scene } from './testing/scene.ts'
import { createVolumeFile } from './volume-file.ts'
import { writeFile } from './write-file.ts'

/** A volume of a fill, and a file that is on its way into it from byte 1,000 on. */
async function writing() {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(64))
  await scene.fill(volumeId, 0, blocks(64), 'old')
  const old = await scene.bytesOf(await scene.snapshot(volumeId))
  const file = scene.path('new.bin')
  const bytes = noise(7, blocks(60))
  writeFileSync(file, bytes)
  const { jobId } = await scene.engine.writeFile({ volumeId, offsetBytes: 1_000, file })
  /** Waits until some of it is written, but not all. */
  const begun = async () => {
    for (let turn = 0; turn < 4; turn += 1) await nextTurn()
  }
  return { scene, volumeId, old, file, bytes, jobId, begun }
}

/** What is told of the job must be what the volume reads: new bytes, then old ones. */
async function expectPrefix(
  scene: Scene,
  volumeId: VolumeId,
  [old, bytes]: [Buffer, Buffer],
  writtenBytes: number,
) {
  const expected = Buffer.from(old)
  bytes.copy(expected, 1_000, 0, writtenBytes)
  const found = await scene.bytesOf(await scene.snapshot(volumeId))
  expect(found.equals(expected)).toBe(true)
}

describe('writing a file into a volume', () => {
  test('that is cancelled keeps what was written, and tells how much that is', async () => {
    const { scene, volumeId, old, bytes, jobId, begun } = await writing()
    await scene.engine.cancelJob({ jobId })
    await begun()
    const early = await scene.engine.awaitJob({ jobId })
    expect(early).toMatchObject({ state: 'cancelled', error: { code: 'WRITE_CANCELLED' } })
    await expectPrefix(scene, volumeId, [old, bytes], writtenIn(early.error!.message))
    const { jobId: again } = await scene.engine.writeFile({
      volumeId,
      offsetBytes: 1_000,
      file: scene.path('new.bin'),
    })
    while ((await scene.engine.listJobs()).find((job) => job.jobId === again)!.doneBytes === 0) {
      await nextTurn()
    }
    await scene.engine.cancelJob({ jobId: again })
    const late = await scene.engine.awaitJob({ jobId: again })
    const writtenBytes = writtenIn(late.error!.message)
    expect(writtenBytes).toBeGreaterThan(0)
    expect(writtenBytes).toBeLessThan(bytes.length)
    await expectPrefix(scene, volumeId, [old, bytes], writtenBytes)
    expect((await scene.engine.listHistory()).at(-2)).toMatchObject({
      title: expect.stringContaining(`Wrote ${writtenBytes} bytes of`),
    })
  })

  test('whose file changes meanwhile fails, and the volume reads what came into it', async () => {
    const { scene, volumeId, old, bytes, file, jobId } = await writing()
    truncateSync(file, blocks(60) - 10)
    expect(await scene.engine.awaitJob({ jobId })).toMatchObject({
      state: 'failed',
      error: { code: 'IMAGE_CHANGED', message: expect.stringContaining('new.bin') },
    })
    bytes.fill(0, blocks(60) - 10)
    await expectPrefix(scene, volumeId, [old, bytes], bytes.length)
  })
})

test('room that a failed write gives back is none that a pending snapshot reads', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(24))
  const old = noise(1, blocks(8))
  await scene.write(volumeId, blocks(8), old)
  const held = await HeldQueue.begin(scene, volumeId)
  const { library, jobs } = held.context
  held.snapshot()
  // The volume itself reads them no more, and nothing was kept of them aside.
  await held.fill(blocks(8), blocks(8), 'over')
  const file = scene.path('new.bin')
  writeFileSync(file, noise(2, blocks(24)))
  const { jobId } = writeFile(held.context, { volumeId, offsetBytes: 0, file })
  while (jobs.list().find((job) => job.jobId === jobId)!.doneBytes === 0) await nextTurn()
  const full = new StrataError('DISK_FULL', { path: library.path })
  const change = vi.spyOn(library, 'change').mockImplementation(() => {
    throw full
  })
  jobs.cancel(jobId)
  expect(await jobs.ended(jobId)).toMatchObject({ state: 'cancelled' })
  change.mockRestore()
  const volumeFile = library.volumeFile(volumeId)
  if (await canPunchHoles(scene.folder)) expect(allocatedBytesOf(volumeFile)).toBe(blocks(8))
  const [taken] = await held.release()
  const expected = Buffer.concat([Buffer.alloc(blocks(8)), old, Buffer.alloc(blocks(8))])
  expect((await scene.bytesOf(taken!)).equals(expected)).toBe(true)
})

test('a file that cannot be read is told as such, with the byte', () => {
  const scene = new Scene()
  const file = scene.path('a.bin')
  writeFileSync(file, 'abc')
  const image = openImage(file)
  const folder = openSync(scene.folder, 'r')
  try {
    expect(() => readImage({ ...image, fd: folder }, Buffer.alloc(4), 512)).toThrow(
      expect.objectContaining({
        code: 'FILE_UNREADABLE',
        data: { path: image.path, offsetBytes: 512, cause: expect.stringContaining('EISDIR') },
      }),
    )
  } finally {
    closeSync(folder)
    image.close()
  }
})

describe('the file of a managed volume', () => {
  const fileOf = (scene: Scene, volumeId: VolumeId) =>
    `${volumesDir(scene.library)}/${volumeId}.img`

  test.each([
    ['missing', (file: string) => rmSync(file), /vol-\w+\.img.* of volume “work”, is missing/],
    ['cut off', (file: string) => truncateSync(file, 9), /of volume “work”, has 9 of its 1048576/],
  ])('that is %s is told by what needs it, and by verify', async (_, damage, says) => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(2))
    await scene.write(volumeId, 0, noise(1, blocks(2)))
    const kept = await scene.snapshot(volumeId)
    damage(fileOf(scene, volumeId))
    const told = { code: 'VOLUME_DAMAGED', message: expect.stringMatching(says) }
    await expect(scene.engine.takeSnapshot({ volumeId })).rejects.toMatchObject(told)
    await expect(scene.fill(volumeId, 0, 1, 's')).rejects.toMatchObject(told)
    const growing = scene.engine.resizeVolume({ volumeId, sizeBytes: blocks(3) })
    await expect(growing).rejects.toMatchObject(told)
    expect(await scene.verify()).toMatchObject({
      ok: false,
      problems: [{ kind: 'volume-damaged', message: expect.stringMatching(says), affected: [] }],
    })
    expect((await scene.bytesOf(kept)).equals(noise(1, blocks(2)))).toBe(true)
  })

  test('that is longer than the volume, as an interrupted growing leaves it, changes nothing', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(BLOCK_BYTES)
    truncateSync(fileOf(scene, volumeId), blocks(4))
    const id = await scene.snapshot(volumeId)
    expect(await scene.snapshotOf(id)).toMatchObject({ volumeSizeBytes: BLOCK_BYTES })
    expect((await scene.view()).volumes).toMatchObject([{ sizeBytes: BLOCK_BYTES }])
  })

  test('that cannot be made leaves nothing', () => {
    const scene = new Scene()
    expect(() => createVolumeFile(scene.path('half.img'), 1.5)).toThrow()
    expect(readdirSync(scene.folder)).toEqual([])
  })
})

function writtenIn(message: string): number {
  return Number(/after (\d+) of \d+ bytes/.exec(message)?.[1])
}
