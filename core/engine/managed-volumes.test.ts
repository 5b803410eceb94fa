import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { BLOCK_BYTES, MAX_VOLUME_BYTES } from '../contract/units.ts'
import { noise } from '../testing/make-image.ts'
import { blocks, Scene } from './testing/scene.ts'

/** A fill as the engine makes it from a seed, laid over `disk`. */
function fillOver(disk: Buffer, at: number, length: number, seed: string): void {
  const pattern = createHash('sha256').update(seed).digest().subarray(0, 16)
  for (let i = at; i < at + length; i += 1) disk[i] = pattern[i % 16]!
}

test('writes and fills of any extent leave what a plain disk would hold', async () => {
  const scene = await Scene.begin()
  const size = 5 * BLOCK_BYTES + 1_234
  const volumeId = await scene.managed(size)
  const disk = Buffer.alloc(size)
  const steps: [kind: 'write' | 'fill', at: number, length: number][] = [
    ['fill', 0, 2 * BLOCK_BYTES],
    ['write', BLOCK_BYTES - 3, 10],
    ['fill', 3 * BLOCK_BYTES + 1, BLOCK_BYTES],
    ['write', 2 * BLOCK_BYTES, 2 * BLOCK_BYTES],
    ['fill', BLOCK_BYTES, BLOCK_BYTES],
    ['fill', 5 * BLOCK_BYTES, 1_234],
    ['write', size - 1, 1],
    ['fill', BLOCK_BYTES + 7, 9],
  ]
  for (const [i, [kind, at, length]] of steps.entries()) {
    if (kind === 'fill') {
      await scene.fill(volumeId, at, length, `seed ${i}`)
      fillOver(disk, at, length, `seed ${i}`)
    } else {
      const bytes = noise(i, length)
      await scene.write(volumeId, at, bytes)
      bytes.copy(disk, at)
    }
    const id = await scene.snapshot(volumeId)
    expect((await scene.bytesOf(id)).equals(disk), `after step ${i}`).toBe(true)
  }
})

test('each block that a write touches counts as changed, the same bytes too', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(8))
  await scene.fill(volumeId, 0, blocks(8), 'same')
  await scene.snapshot(volumeId)
  await scene.fill(volumeId, blocks(2), blocks(3), 'same')
  expect((await scene.view()).volumes[0]?.head).toMatchObject({
    dataBytes: blocks(8),
    changedBytes: blocks(3),
  })
  const id = await scene.snapshot(volumeId)
  expect((await scene.snapshotOf(id)).storedHereBytes).toBe(blocks(3))
})

test('a block written with zeros is a block; one never written is not', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(4))
  await scene.write(volumeId, blocks(1), Buffer.alloc(BLOCK_BYTES))
  const id = await scene.snapshot(volumeId)
  expect(await scene.snapshotOf(id)).toMatchObject({ fullBytes: BLOCK_BYTES })
  expect((await scene.bytesOf(id)).equals(Buffer.alloc(blocks(4)))).toBe(true)
})

test('what lay under a fill does not show again when the fill is written over', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(1))
  const disk = Buffer.alloc(BLOCK_BYTES)
  await scene.write(volumeId, 0, noise(1, BLOCK_BYTES))
  await scene.fill(volumeId, 0, BLOCK_BYTES, 'over')
  fillOver(disk, 0, BLOCK_BYTES, 'over')
  await scene.write(volumeId, 5, Buffer.from('x'))
  disk.write('x', 5)
  expect((await scene.bytesOf(await scene.snapshot(volumeId))).equals(disk)).toBe(true)
})

test('a volume grows; what is new was never written; it does not shrink', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(BLOCK_BYTES + 1_000)
  const disk = Buffer.alloc(blocks(3))
  await scene.fill(volumeId, 0, BLOCK_BYTES + 1_000, 'all')
  fillOver(disk, 0, BLOCK_BYTES + 1_000, 'all')
  const a = await scene.snapshot(volumeId)
  await scene.engine.resizeVolume({ volumeId, sizeBytes: blocks(3) })
  const b = await scene.snapshot(volumeId)
  expect((await scene.snapshotOf(b)).storedHereBytes).toBe(0)
  expect((await scene.bytesOf(b)).equals(disk)).toBe(true)
  expect((await scene.bytesOf(a)).equals(disk.subarray(0, BLOCK_BYTES + 1_000))).toBe(true)
  for (const sizeBytes of [BLOCK_BYTES, 0, -1, MAX_VOLUME_BYTES + 1]) {
    await expect(scene.engine.resizeVolume({ volumeId, sizeBytes })).rejects.toMatchObject({
      code: 'SIZE_REFUSED',
    })
  }
})

describe('refused', () => {
  test('writes that do not lie in the volume, or over each other; nothing is written', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(2))
    const span = (offsetBytes: number, lengthBytes: number) => ({ offsetBytes, lengthBytes })
    for (const spans of [
      [span(0, 0)],
      [span(-1, 5)],
      [span(0, blocks(2) + 1)],
      [span(blocks(2), 1)],
      [span(0, 10), span(9, 1)],
    ]) {
      const refused = scene.engine.writeFill({ volumeId, spans, seed: 's' })
      await expect(refused).rejects.toMatchObject({ code: 'RANGE_REFUSED' })
    }
    const file = scene.path('three')
    writeFileSync(file, 'abc')
    const outside = scene.engine.writeFile({ volumeId, offsetBytes: blocks(2) - 2, file })
    await expect(outside).rejects.toMatchObject({ code: 'RANGE_REFUSED' })
    expect((await scene.view()).volumes[0]?.head).toMatchObject({ dataBytes: 0, changedBytes: 0 })
  })

  test('writing to a linked volume, naming a file for a managed one', async () => {
    const scene = await Scene.begin()
    const file = scene.image([{ kind: 'noise', seed: 1 }])
    const linked = await scene.linked(file)
    const code = 'VOLUME_IS_LINKED'
    await expect(scene.fill(linked, 0, 1, 's')).rejects.toMatchObject({ code })
    const growing = scene.engine.resizeVolume({ volumeId: linked, sizeBytes: blocks(2) })
    await expect(growing).rejects.toMatchObject({ code })
    const volumeId = await scene.managed(blocks(1))
    await expect(scene.engine.takeSnapshot({ volumeId, file })).rejects.toMatchObject({
      code: 'VOLUME_IS_MANAGED',
    })
  })

  test('anything else while a volume is being written to', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(40))
    const file = scene.path('long')
    writeFileSync(file, noise(1, blocks(40)))
    const writing = await scene.engine.writeFile({ volumeId, offsetBytes: 0, file })
    const busy = { code: 'VOLUME_BUSY' }
    await expect(scene.fill(volumeId, 0, 1, 's')).rejects.toMatchObject(busy)
    await expect(scene.engine.removeVolume({ volumeId })).rejects.toMatchObject(busy)
    const sizeBytes = blocks(50)
    await expect(scene.engine.resizeVolume({ volumeId, sizeBytes })).rejects.toMatchObject(busy)
    await scene.done(writing)
  })
})

test('what happens to a volume right after a write was asked for is not lost', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(2))
  await scene.fill(volumeId, 0, blocks(1), 'first')
  const a = await scene.snapshot(volumeId)
  await scene.fill(volumeId, 0, blocks(1), 'second')
  await scene.snapshot(volumeId)
  const file = scene.path('bytes')
  writeFileSync(file, 'abc')
  await scene.remove([(await scene.view()).snapshots[1]!.snapshotId])
  const reclaiming = scene.engine.reclaim({ now: true })
  const writing = scene.engine.writeFile({ volumeId, offsetBytes: blocks(1), file })
  const renaming = scene.engine.renameVolume({ volumeId, name: 'renamed' })
  await renaming
  await scene.done(await reclaiming)
  await scene.done(await writing)
  const [volume] = (await scene.view()).volumes
  expect(volume).toMatchObject({ name: 'renamed', head: { baseId: a } })
  // The block of the deleted snapshot and the one just written.
  expect(volume?.head.changedBytes).toBe(blocks(2))
})

test('a removed volume leaves its snapshots, and its name to others', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(1), 'web')
  await scene.write(volumeId, 0, Buffer.from('bytes'))
  const id = await scene.snapshot(volumeId)
  expect(await scene.engine.removeVolume({ volumeId })).toMatchObject({ isRemoved: true })
  await expect(scene.fill(volumeId, 0, 1, 's')).rejects.toMatchObject({ code: 'VOLUME_REMOVED' })
  await scene.managed(blocks(1), 'web')
  await scene.reopen()
  expect((await scene.bytesOf(id)).subarray(0, 5).toString()).toBe('bytes')
  await scene.remove([id])
  await scene.reclaim()
  expect((await scene.view()).volumes.map(({ isRemoved }) => isRemoved)).toEqual([false])
})
