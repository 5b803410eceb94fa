import { expect, test } from 'vitest'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import { filesWithBytesOf } from '../testing/found-bytes.ts'
import { blockBytes, noise } from '../testing/make-image.ts'
import { block, COUNT, loaded, readBack, status } from './testing/lazy-scene.ts'
import { blocks, noises, Scene } from './testing/scene.ts'

const PASSPHRASE = 'correct horse battery'
/** Whether whoever runs the engine gives the passphrase. */
let isGiven = true
/** As cheap as it may be: what is tested here is not how long it takes. */
const vault = { passphrase: () => (isGiven ? PASSPHRASE : undefined), cost: 1_024 }

/** A plain image of noise and a fill, and a snapshot of it. */
async function begun() {
  isGiven = true
  const scene = await Scene.begin({ vault, compression: 'none' })
  await scene.engine.createKey({ name: 'mine' })
  const contents = [
    ...noises(...Array.from({ length: COUNT - 1 }, (_, seed) => seed)),
    { kind: 'fill', byte: 9 } as const,
  ]
  const disk = await scene.linked(scene.image(contents), 'disk')
  const snapshotId = await scene.snapshot(disk, { name: 'plain' })
  return { scene, snapshotId, bytes: Buffer.concat(contents.map(blockBytes)) }
}

/** An encrypted volume of a snapshot that waits: nothing is loaded. */
async function sealed(scene: Scene, snapshotId: SnapshotId, name: string, wish = {}) {
  const input = { snapshotId, name, encrypted: true, key: 'mine', ...wish }
  const { volumeId } = await scene.result('volume', scene.engine.createVolumeFromSnapshot(input))
  await scene.engine.pauseLoading({ volumeId })
  return volumeId
}

test('an encrypted volume is there at once, and loads first what is touched', async () => {
  const { scene, snapshotId, bytes } = await begun()
  const volumeId = await sealed(scene, snapshotId, 'lazy', { rateMiBPerS: 100 })
  expect(await status(scene, volumeId)).toMatchObject({
    state: 'paused',
    totalBytes: blocks(COUNT),
    loadedBytes: 0,
  })
  const part = bytes.subarray(blocks(3) - 100, blocks(4) + 100)
  const read = await scene.contentOf(volumeId, part.length, blocks(3) - 100)
  expect(read.equals(part)).toBe(true)
  expect(await status(scene, volumeId)).toMatchObject({ touchedBlocks: 3, backgroundBlocks: 0 })

  // A part of a block needs the block; a whole one does not.
  const written = noise(77, blocks(1) + 10)
  await scene.write(volumeId, blocks(7), written)
  written.copy(bytes, blocks(7))
  expect(await status(scene, volumeId)).toMatchObject({ touchedBlocks: 4, loadedBytes: blocks(5) })
  // A pending snapshot reads what was there, loaded or not, whatever is written meanwhile.
  const pending = await scene.engine.takeSnapshot({ volumeId })
  await scene.write(volumeId, blocks(9), noise(78, blocks(1)))
  await scene.done(pending)
  const taken = pending.snapshotId
  expect((await scene.bytesOf(taken)).equals(bytes)).toBe(true)

  // Of the encrypted snapshot the next one, which goes on with it.
  const next = await sealed(scene, taken, 'next')
  await scene.engine.touchVolume({ volumeId: next, firstBlock: COUNT - 1, blockCount: 1 })
  await loaded(scene, next)
  expect(await status(scene, next)).toMatchObject({
    state: 'loaded',
    touchedBlocks: 1,
    backgroundBlocks: COUNT - 1,
  })
  expect((await readBack(scene, next, 0, COUNT)).equals(bytes)).toBe(true)
  const again = await scene.snapshotOf(await scene.snapshot(next))
  expect(again).toMatchObject({ parentId: taken, addedBytes: 0 })

  // The images are plain: what the encrypted volumes hold is not in their files.
  const marker = bytes.subarray(blocks(2), blocks(3))
  const files = filesWithBytesOf(scene.library, marker)
  expect(files.filter((file) => file.endsWith('.img'))).toEqual([])
  expect(files).not.toEqual([])
  expect(await scene.verify()).toMatchObject({ ok: true })
})

test('what an encrypted volume has to load is held when its snapshot goes, and opens later', async () => {
  const { scene, snapshotId, bytes } = await begun()
  const first = await sealed(scene, snapshotId, 'first')
  const taken = await scene.snapshot(first)
  const volumeId = await sealed(scene, taken, 'lazy')
  const plan = await scene.engine.planDeletion({ snapshotIds: [taken] })
  expect(plan.heldBy).toEqual([{ volumeId, heldBytes: blocks(COUNT) }])
  await scene.remove([taken])
  await scene.reclaim()
  await scene.reopen()
  expect((await scene.view()).heldBytes).toBe(blocks(COUNT))
  expect((await readBack(scene, volumeId, 0, COUNT)).equals(bytes)).toBe(true)
  expect((await scene.view()).heldBytes).toBe(0)
})

test('under another key than its snapshot’s it loads with its own alone, so the other key may go', async () => {
  const { scene, snapshotId, bytes } = await begun()
  const { engine } = scene
  await engine.createKey({ name: 'other' })
  const first = await sealed(scene, snapshotId, 'first')
  // Blocks under two data keys of one key.
  await scene.snapshot(first)
  const change = noise(77, blocks(2))
  await scene.write(first, blocks(3), change)
  change.copy(bytes, blocks(3))
  const taken = await scene.snapshot(first)
  const volumeId = await sealed(scene, taken, 'lazy', { key: 'other', rateMiBPerS: 100 })
  expect(await status(scene, volumeId)).toMatchObject({
    ...{ state: 'paused', totalBytes: blocks(COUNT), loadedBytes: 0, rateMiBPerS: 100 },
  })

  // A disabled key keeps new volumes from being made, and no volume that is there.
  await engine.disableKey({ key: 'mine' })
  expect((await readBack(scene, volumeId, 3, 1)).equals(block(bytes, 3))).toBe(true)
  expect(await status(scene, volumeId)).toMatchObject({ touchedBlocks: 1, state: 'paused' })
  await engine.enableKey({ key: 'mine' })

  const all = (await scene.view()).snapshots.map((snapshot) => snapshot.snapshotId)
  await scene.remove(all)
  await engine.removeVolume({ volumeId: first })
  await scene.reclaim()
  const gone = await engine.scheduleKeyDeletion({ key: 'mine', days: 7 })
  expect(gone).toMatchObject({ volumeCount: 0, snapshotCount: 0 })
  scene.nowMs += 7 * 86_400_000
  expect((await engine.describeKeys()).keys.map(({ name }) => name)).toEqual(['other'])
  await engine.rotateKey({ key: 'other' })
  await scene.reopen()
  expect((await scene.view()).heldBytes).toBe(blocks(COUNT - 1))

  // What it lacks waits for its own key, and for nothing else.
  await scene.engine.disableKey({ key: 'other' })
  const refused = { code: 'KMSInvalidStateException' }
  const touch = scene.engine.touchVolume({ volumeId, firstBlock: 0, blockCount: 1 })
  await expect(touch).rejects.toMatchObject(refused)
  await scene.engine.enableKey({ key: 'other' })
  // On an instance it is held for it, and opens what opens the rest.
  const { instanceId } = await scene.engine.createInstance({ name: 'web' })
  const device = { instanceId, volumeId, deviceName: '/dev/sdf', isRoot: false }
  await scene.engine.attachVolume(device)
  await scene.engine.disableKey({ key: 'other' })
  await loaded(scene, volumeId)
  expect(await status(scene, volumeId)).toMatchObject({ state: 'loaded', touchedBlocks: 1 })
  expect((await readBack(scene, volumeId, 0, COUNT)).equals(bytes)).toBe(true)
  expect((await scene.view()).heldBytes).toBe(0)
})

test('loading waits while its keys are locked or disabled, and goes on by itself', async () => {
  const { scene, snapshotId, bytes } = await begun()
  const volumeId = await sealed(scene, snapshotId, 'lazy', { rateMiBPerS: 100 })
  await scene.engine.loadVolume({ volumeId })
  isGiven = false
  await scene.reopen()
  expect(await status(scene, volumeId)).toMatchObject({ state: 'waiting', secondsLeft: null })
  expect(await scene.engine.listJobs()).toEqual([])
  const touch = () => scene.engine.touchVolume({ volumeId, firstBlock: COUNT - 1, blockCount: 1 })
  await expect(touch()).rejects.toMatchObject({ code: 'KEYS_LOCKED' })

  await scene.engine.disableKey({ key: 'mine' })
  await scene.engine.unlockKeys({ passphrase: PASSPHRASE })
  expect(await scene.engine.listJobs()).toEqual([])
  await expect(touch()).rejects.toMatchObject({ code: 'KMSInvalidStateException' })
  const loading = scene.engine.loadVolume({ volumeId })
  expect(await scene.failureOf(loading)).toBe('KMSInvalidStateException')
  expect(await status(scene, volumeId)).toMatchObject({ state: 'waiting' })

  await scene.engine.enableKey({ key: 'mine' })
  const running = (await scene.engine.listJobs()).filter(({ state }) => state === 'running')
  expect(running).toMatchObject([{ kind: 'load', volumeId }])
  await scene.done(running[0]!)
  expect(await status(scene, volumeId)).toMatchObject({ state: 'loaded' })
  expect((await readBack(scene, volumeId, 0, COUNT)).equals(bytes)).toBe(true)
})

test('on an instance a volume goes on to load when its key is disabled, until it is taken off', async () => {
  const { scene, snapshotId, bytes } = await begun()
  const { engine } = scene
  const taken = await scene.snapshot(await sealed(scene, snapshotId, 'first'))
  const { instanceId } = await engine.createInstance({ name: 'web' })
  const made = []
  for (const name of ['sdf', 'sdg']) {
    const volumeId = await sealed(scene, taken, name)
    const deviceName = `/dev/${name}`
    await engine.attachVolume({ instanceId, volumeId, deviceName, isRoot: false })
    made.push(volumeId)
  }
  const [volumeId, other] = made as [VolumeId, VolumeId]
  const free = await sealed(scene, taken, 'free')
  await engine.disableKey({ key: 'mine' })
  const touch = (id: VolumeId, firstBlock: number) =>
    engine.touchVolume({ volumeId: id, firstBlock, blockCount: 1 })

  const read = await readBack(scene, volumeId, 3, 2)
  expect(read.equals(bytes.subarray(blocks(3), blocks(5)))).toBe(true)
  // A part of a block needs what the rest of it holds.
  const written = noise(77, 10)
  await scene.write(volumeId, blocks(7) + 5, written)
  written.copy(bytes, blocks(7) + 5)
  await loaded(scene, volumeId)
  expect(await status(scene, volumeId)).toMatchObject({ state: 'loaded' })
  expect((await readBack(scene, volumeId, 0, COUNT)).equals(bytes)).toBe(true)

  // What is held for them opens nothing else, though it is sealed with the same data key.
  const refused = { code: 'KMSInvalidStateException' }
  await expect(touch(free, 1)).rejects.toMatchObject(refused)
  const target = { snapshotId: taken, file: scene.path('out'), sha256: false, overwrite: false }
  expect(await scene.failureOf(engine.restoreToFile(target))).toBe(refused.code)
  expect(await status(scene, other)).toMatchObject({ state: 'paused', loadedBytes: 0 })
  expect(await touch(other, 1)).toMatchObject({ load: { loadedBytes: blocks(1) } })
  await engine.detachVolume({ volumeId: other })
  await expect(touch(other, 2)).rejects.toMatchObject(refused)
})
