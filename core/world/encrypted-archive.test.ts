import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import type { SnapshotId } from '../contract/ids.ts'
import { blocks, Scene } from '../engine/testing/scene.ts'
import { filesWithBytesOf } from '../testing/found-bytes.ts'
import { codeOf } from './testing/instance-scene.ts'

const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }
const refused = 'KMSInvalidStateException'

/** A snapshot under a key of its own, what it reads, and one of nothing that goes on from it. */
async function sealed() {
  const scene = await Scene.begin({ vault })
  await scene.engine.createKey({ name: 'mine' })
  const wish = { encrypted: true, key: 'mine' }
  const { volumeId } = await scene.engine.createVolume({
    name: 'disk',
    sizeBytes: blocks(3),
    ...wish,
  })
  const empty = await scene.snapshot(volumeId)
  const secret = randomBytes(blocks(2))
  await scene.write(volumeId, 0, secret)
  const id = await scene.snapshot(volumeId)
  const bytes = Buffer.concat([secret, Buffer.alloc(blocks(1))])
  return { scene, id, empty, secret, bytes }
}

const archive = (scene: Scene, snapshotId: SnapshotId) =>
  scene.result('tier', scene.engine.archiveSnapshot({ snapshotId }))
const restore = (scene: Scene, snapshotId: SnapshotId, days?: number) =>
  scene.result('tier', scene.engine.restoreTier({ snapshotId, days }))

it('F42: an encrypted snapshot is archived, restored and recovered, and stays sealed', async () => {
  const { scene, id, secret, bytes } = await sealed()
  const { encryption } = await scene.snapshotOf(id)
  await archive(scene, id)
  expect(filesWithBytesOf(scene.library, secret)).toEqual([])
  // Through the bin and back it is where it was.
  await scene.engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
  await scene.remove([id])
  const recovered = await scene.engine.recoverSnapshot({ snapshotId: id })
  expect(recovered).toMatchObject({ encryption, tiering: { tier: 'archive' } })
  expect(await codeOf(scene.bytesOf(id))).toBe('SNAPSHOT_ARCHIVED')
  await scene.engine.rotateKey({ key: 'mine' })
  await restore(scene, id, 1)
  expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
  expect(await restore(scene, id)).toMatchObject({ movedBytes: 0 })
  const clone = await scene.clone(id, 'clone')
  const next = await scene.snapshot(clone)
  expect(await scene.snapshotOf(next)).toMatchObject({ parentId: id, addedBytes: 0, encryption })
  expect((await scene.bytesOf(next)).equals(bytes)).toBe(true)
  expect((await scene.verify()).problems).toEqual([])
})

it('7.4: with its key disabled nothing of it is moved or read, not even if it holds nothing', async () => {
  const { scene, id, empty, bytes } = await sealed()
  const { engine } = scene
  await engine.disableKey({ key: 'mine' })
  expect(await codeOf(engine.archiveSnapshot({ snapshotId: id }))).toBe(refused)
  const target = { snapshotId: empty, file: scene.path('out'), sha256: false, overwrite: true }
  expect(await scene.failureOf(engine.restoreToFile(target))).toBe(refused)
  const { region } = await scene.snapshotOf(empty)
  const copying = engine.copySnapshot({ snapshotId: empty, region, encrypted: true })
  expect(await scene.failureOf(copying)).toBe(refused)

  await engine.enableKey({ key: 'mine' })
  await archive(scene, id)
  await engine.disableKey({ key: 'mine' })
  expect(await codeOf(engine.restoreTier({ snapshotId: id }))).toBe(refused)
  // Nothing moves when it is deleted, goes to the bin or comes back from there.
  await engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
  await scene.remove([id])
  await engine.recoverSnapshot({ snapshotId: id })
  expect(await scene.snapshotOf(id)).toMatchObject({ fullBytes: blocks(2) })
  await engine.enableKey({ key: 'mine' })
  await restore(scene, id, 1)
  // Of one that is restored already nothing has to move.
  await engine.disableKey({ key: 'mine' })
  await restore(scene, id)
  await engine.enableKey({ key: 'mine' })
  expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
})
