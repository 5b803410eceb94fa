import { expect, it } from 'vitest'
import { COUNT, inFile, snapshotted, status } from '../engine/testing/lazy-scene.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { enabled } from './testing/fast-restore-scene.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const refusal = (code: string) => expect.objectContaining({ code })

it('F20: with a credit a volume is there whole, without one it loads', async () => {
  const { scene, snapshotId, bytes } = await snapshotted()
  await enabled(scene, snapshotId)
  const make = (name: string) => scene.engine.createVolumeFromSnapshot({ snapshotId, name })
  const credits = async () => (await scene.engine.listFastRestores())[0]!.credits
  // Ten an hour: the first takes six minutes.
  scene.nowMs += 5 * MINUTE_MS
  const lazy = await make('lazy')
  await scene.engine.pauseLoading({ volumeId: lazy.volumeId })
  expect(await status(scene, lazy.volumeId)).toMatchObject({
    state: 'paused',
    loadedBytes: 0,
    isFastRestored: false,
  })
  scene.nowMs += 2 * MINUTE_MS
  const whole = await make('whole')
  expect(await credits()).toBeLessThan(1)
  // It is not there before all of it is.
  expect((await scene.view()).volumes.map(({ name }) => name)).not.toContain('whole')
  await expect(make('whole')).rejects.toEqual(refusal('NAME_TAKEN'))
  await scene.done(whole)
  expect(inFile(scene, whole.volumeId).equals(bytes)).toBe(true)
  const load = {
    state: 'loaded',
    totalBytes: blocks(COUNT),
    loadedBytes: blocks(COUNT),
    touchedBlocks: 0,
    backgroundBlocks: 0,
    isFastRestored: true,
  }
  expect(await status(scene, whole.volumeId)).toMatchObject(load)
  // Reading it touches nothing.
  const read = await scene.contentOf(whole.volumeId, blocks(2))
  expect(read.equals(bytes.subarray(0, blocks(2)))).toBe(true)
  expect(await status(scene, whole.volumeId)).toMatchObject(load)
  // Its next snapshot goes on from the one that it is of.
  const next = await scene.snapshot(whole.volumeId)
  expect(await scene.snapshotOf(next)).toMatchObject({ parentId: snapshotId, addedBytes: 0 })

  // One that is not made costs none.
  scene.nowMs += HOUR_MS
  const late = await make('late')
  expect(await credits()).toBeLessThan(9.1)
  await scene.engine.cancelJob(late)
  expect((await scene.engine.awaitJob(late)).state).toBe('cancelled')
  expect(await credits()).toBeGreaterThan(9.9)
  expect((await scene.verify()).problems).toEqual([])
})

it('F20: an encrypted volume costs a credit, too, and is there whole', async () => {
  const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }
  const scene = await Scene.begin({ vault })
  const file = scene.image(noises(1, 2))
  const importing = scene.engine.importImage({ file, name: 'disk', copy: true, encrypted: true })
  const { volumeId } = await scene.result('volume', importing)
  const snapshotId = await scene.snapshot(volumeId)
  await enabled(scene, snapshotId)
  scene.nowMs += HOUR_MS
  const made = await scene.engine.createVolumeFromSnapshot({ snapshotId, name: 'whole' })
  await scene.done(made)
  expect(await status(scene, made.volumeId)).toMatchObject({
    state: 'loaded',
    totalBytes: blocks(2),
    touchedBlocks: 0,
    backgroundBlocks: 0,
    isFastRestored: true,
  })
  expect((await scene.engine.listFastRestores())[0]!.credits).toBeLessThan(9.1)
  const next = await scene.snapshot(made.volumeId)
  expect((await scene.bytesOf(next)).equals(await scene.bytesOf(snapshotId))).toBe(true)
})
