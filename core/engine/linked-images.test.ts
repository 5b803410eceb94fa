import {
  appendFileSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { expect, test } from 'vitest'
import { BLOCK_BYTES } from '../contract/units.ts'
import { type BlockContent, blockBytes, makeImage } from '../testing/make-image.ts'
import { Engine } from './engine.ts'
import { blocks, noises, Scene } from './testing/scene.ts'

const hole: BlockContent = { kind: 'hole' }
const zeros: BlockContent = { kind: 'zeros' }
const fill: BlockContent = { kind: 'fill', byte: 9 }

test('zeros are holes, written or not; a fill counts in full and takes no room', async () => {
  const scene = await Scene.begin({ compression: 'none' })
  const file = scene.image([...noises(1), hole, zeros, fill, fill])
  const id = await scene.snapshot(await scene.linked(file))
  expect(await scene.snapshotOf(id)).toMatchObject({ fullBytes: blocks(3) })
  expect((await scene.view()).physicalBytes).toBe(BLOCK_BYTES + 4_096)
  expect((await scene.bytesOf(id)).equals(readFileSync(file))).toBe(true)
})

test('data that becomes zeros is let go of, and read as zeros from then on', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.linked(scene.image(noises(1, 2, 3)), 'disk')
  const a = await scene.snapshot(volumeId)
  const file = scene.image([...noises(1), zeros, ...noises(3)])
  const b = await scene.snapshot(volumeId, { file })
  expect(await scene.snapshotOf(b)).toMatchObject({ fullBytes: blocks(2), storedHereBytes: 0 })
  await scene.remove([a])
  await scene.reclaim()
  expect((await scene.bytesOf(b)).equals(readFileSync(file))).toBe(true)
})

test('unchanged blocks are not stored again, whatever time their file tells', async () => {
  const scene = await Scene.begin()
  const file = scene.image(noises(1, 2, 3, 4))
  const volumeId = await scene.linked(file)
  await scene.snapshot(volumeId)
  writeFileSync(file, readFileSync(file))
  utimesSync(file, 1, 1)
  const again = await scene.snapshot(volumeId)
  expect(await scene.snapshotOf(again)).toMatchObject({ fullBytes: blocks(4), storedHereBytes: 0 })
})

test.each([1, 511, 4_097, BLOCK_BYTES - 1])(
  'a last block of %i bytes, and its growth',
  async (tail) => {
    const scene = await Scene.begin()
    const file = scene.image(noises(1, 2), BLOCK_BYTES + tail)
    const volumeId = await scene.linked(file)
    const a = await scene.snapshot(volumeId)
    expect((await scene.bytesOf(a)).equals(readFileSync(file))).toBe(true)
    const before = readFileSync(file)
    appendFileSync(file, Buffer.alloc(100, 0))
    appendFileSync(file, blockBytes({ kind: 'noise', seed: 3 }))
    const b = await scene.snapshot(volumeId)
    expect((await scene.bytesOf(b)).equals(readFileSync(file))).toBe(true)
    expect((await scene.bytesOf(a)).equals(before)).toBe(true)
    const [volume] = (await scene.view()).volumes
    expect(volume?.sizeBytes).toBe(BLOCK_BYTES + tail + 100 + BLOCK_BYTES)
  },
)

test('growth by zeros alone stores nothing', async () => {
  const scene = await Scene.begin()
  const file = scene.image(noises(1), 300_000)
  const volumeId = await scene.linked(file)
  await scene.snapshot(volumeId)
  truncateSync(file, 10 * BLOCK_BYTES)
  const grown = await scene.snapshot(volumeId)
  expect(await scene.snapshotOf(grown)).toMatchObject({
    storedHereBytes: 0,
    volumeSizeBytes: 10 * BLOCK_BYTES,
  })
  expect((await scene.bytesOf(grown)).equals(readFileSync(file))).toBe(true)
})

test('an image that shrank is refused, and told of before', async () => {
  const scene = await Scene.begin()
  const file = scene.image(noises(1, 2))
  const volumeId = await scene.linked(file)
  const a = await scene.snapshot(volumeId)
  truncateSync(file, BLOCK_BYTES)
  expect((await scene.view()).volumes[0]?.source?.state).toBe('shrunk')
  const shrunk = (message: string) => ({
    ...{ code: 'IMAGE_SHRANK', message: expect.stringContaining(message) },
  })
  const taking = () => scene.engine.takeSnapshot({ volumeId })
  await expect(taking()).rejects.toMatchObject(shrunk('512 KiB, less than the 1 MiB of its'))
  truncateSync(file, 2 * BLOCK_BYTES - 1)
  await expect(taking()).rejects.toMatchObject(shrunk('1048575 B, less than the 1048576 B of'))
  expect((await scene.view()).snapshots.map(({ snapshotId }) => snapshotId)).toEqual([a])
})

test('what became of the file is told: there, changed, grown, gone', async () => {
  const scene = await Scene.begin()
  const file = scene.image(noises(1))
  const volumeId = await scene.linked(file)
  const state = async () => (await scene.view()).volumes[0]?.source?.state
  expect(await state()).toBe('present')
  makeImage(file, noises(2))
  expect(await state()).toBe('changed')
  await scene.snapshot(volumeId)
  expect(await state()).toBe('present')
  appendFileSync(file, 'more')
  expect(await state()).toBe('grown')
  rmSync(file)
  expect(await state()).toBe('missing')
})

test('a moved image is missed by name; from where it lies now the snapshot is incremental', async () => {
  const scene = await Scene.begin()
  const file = scene.image(noises(1, 2, 3))
  const volumeId = await scene.linked(file)
  await scene.snapshot(volumeId)
  const moved = scene.path('moved.img')
  renameSync(file, moved)
  await expect(scene.engine.takeSnapshot({ volumeId })).rejects.toMatchObject({
    code: 'IMAGE_MISSING',
  })
  makeImage(moved, noises(1, 9, 3))
  const b = await scene.snapshot(volumeId, { file: moved })
  expect((await scene.snapshotOf(b)).storedHereBytes).toBe(BLOCK_BYTES)
  const [volume] = (await scene.view()).volumes
  expect(volume?.source).toMatchObject({ path: moved, state: 'present' })
  // The link has moved with it.
  await scene.snapshot(volumeId)
})

test('an image that changes while it is read leaves no file, and a snapshot that failed', async () => {
  const scene = await Scene.begin()
  const file = scene.image(noises(...Array.from({ length: 60 }, (_, i) => i)))
  const volumeId = await scene.linked(file)
  const before = await scene.view()
  const started = await scene.engine.takeSnapshot({ volumeId })
  appendFileSync(file, 'x')
  expect(await scene.failureOf(Promise.resolve(started))).toBe('IMAGE_CHANGED')
  const after = await scene.view()
  expect(after.snapshots).toMatchObject([{ state: 'error', fullBytes: 0 }])
  expect(after.physicalBytes).toBe(before.physicalBytes)
  await scene.snapshot(volumeId)
})

test('an image of the library itself is refused as a source', async () => {
  const scene = await Scene.begin()
  const managed = await scene.managed(BLOCK_BYTES)
  const file = `${scene.library}/volumes/${managed}.img`
  const refused = { code: 'FILE_IN_LIBRARY' }
  await expect(scene.engine.importImage({ file, copy: false })).rejects.toMatchObject(refused)
  const volumeId = await scene.linked(scene.image(noises(1)))
  await expect(scene.engine.takeSnapshot({ volumeId, file })).rejects.toMatchObject(refused)
  const write = { volumeId: managed, offsetBytes: 0, file }
  await expect(scene.engine.writeFile(write)).rejects.toMatchObject(refused)
})

test('nor when the library was opened through a link', async () => {
  const scene = await Scene.begin()
  const managed = await scene.managed(BLOCK_BYTES)
  await scene.engine.close()
  const link = scene.path('link.strata')
  symlinkSync(scene.library, link)
  scene.engine = await Engine.open(link)
  const file = `${link}/volumes/${managed}.img`
  const refused = { code: 'FILE_IN_LIBRARY' }
  await expect(scene.engine.importImage({ file, copy: false })).rejects.toMatchObject(refused)
  const snapshotId = await scene.snapshot(managed)
  const inside = { snapshotId, file: `${link}/out.img`, sha256: false, overwrite: false }
  await expect(scene.engine.restoreToFile(inside)).rejects.toMatchObject(refused)
})

test('a copy is managed, has the same bytes, and no longer needs its file', async () => {
  const scene = await Scene.begin()
  const file = scene.image([...noises(1), hole, zeros, fill, ...noises(2)], 4 * BLOCK_BYTES + 77)
  const bytes = readFileSync(file)
  const imported = scene.engine.importImage({ file, name: 'copy', copy: true })
  const { volumeId } = await scene.result('volume', imported)
  rmSync(file)
  const id = await scene.snapshot(volumeId)
  expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
  expect(await scene.snapshotOf(id)).toMatchObject({ fullBytes: blocks(3) })
  expect((await scene.view()).volumes[0]).toMatchObject({ kind: 'managed', identity: 'write' })
})

test('an image that goes before it is read is told as changed', async () => {
  const scene = await Scene.begin()
  const file = scene.image(noises(1, 2))
  const volumeId = await scene.linked(file)
  const taking = scene.engine.takeSnapshot({ volumeId })
  rmSync(file)
  expect(await scene.failureOf(taking)).toBe('IMAGE_CHANGED')
})

test('the history tells the commands that do the same', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.linked(scene.image(noises(1)), 'disk')
  await scene.snapshot(volumeId, { name: 'A' })
  const moved = scene.image(noises(2))
  const id = await scene.snapshot(volumeId, { name: 'B', file: moved })
  await scene.clone(id, 'same')
  await scene.clone(id, 'larger', blocks(2))
  const input = { snapshotId: id, name: '-slow', rateMiBPerS: 200 }
  await scene.done(await scene.engine.createVolumeFromSnapshot(input))
  const tags = [{ key: 'Team', value: 'my ops' }]
  await scene.snapshot(volumeId, { name: "it's", description: 'a b', file: moved, tags })
  await scene.engine.renameVolume({ volumeId, name: '-disk' })
  await scene.snapshot(volumeId, { name: '-x', file: moved })
  await scene.remove([id], 60_000)
  const steps = await scene.engine.listHistory()
  expect(steps.slice(1).map(({ command }) => command)).toEqual([
    'strata snapshot create disk --name A',
    `strata snapshot create disk --name B --from ${moved}`,
    `strata volume create same --snapshot ${id}`,
    `strata volume create larger --snapshot ${id} --size ${blocks(2)}`,
    `strata volume create --snapshot ${id} --rate 200 -- -slow`,
    "strata snapshot create disk --name 'it'\\''s' --description 'a b' --tag 'Team=my ops'",
    'strata volume rename disk -- -disk',
    `strata snapshot create ${volumeId} --name -x`,
    `strata snapshot delete ${id} --undoable`,
  ])
})

test('a link to nothing takes its name: that is told before anything is written', async () => {
  const scene = await Scene.begin()
  const snapshotId = await scene.snapshot(await scene.linked(scene.image(noises(1))))
  const file = scene.path('link.img')
  symlinkSync(scene.path('nowhere'), file)
  const restoring = scene.engine.restoreToFile({
    snapshotId,
    file,
    sha256: false,
    overwrite: false,
  })
  await expect(restoring).rejects.toMatchObject({ code: 'FILE_EXISTS' })
})
