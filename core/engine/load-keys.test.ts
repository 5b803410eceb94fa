import type { Database } from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { VolumeId } from '../contract/ids.ts'
import { filesWithBytesOf } from '../testing/found-bytes.ts'
import { inCatalog } from './testing/alter-catalog.ts'
import { loaded, readBack, status } from './testing/lazy-scene.ts'
import { blocks, Scene } from './testing/scene.ts'

const COUNT = 2

/** A snapshot under the key `mine`, and two volumes of it under `other` that have loaded nothing. */
async function begun() {
  const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }
  const scene = await Scene.begin({ vault })
  const { engine } = scene
  await engine.createKey({ name: 'mine' })
  await engine.createKey({ name: 'other' })
  const wish = { encrypted: true, key: 'mine' }
  const disk = await engine.createVolume({ name: 'disk', sizeBytes: blocks(COUNT), ...wish })
  await scene.fill(disk.volumeId, 0, blocks(COUNT), 'A')
  const snapshotId = await scene.snapshot(disk.volumeId)
  const volumes: VolumeId[] = []
  for (const name of ['first', 'second']) {
    const input = { snapshotId, name, encrypted: true, key: 'other' }
    const { volumeId } = await scene.result('volume', engine.createVolumeFromSnapshot(input))
    await engine.pauseLoading({ volumeId })
    volumes.push(volumeId)
  }
  return { scene, bytes: await scene.bytesOf(snapshotId), volumes: volumes as [VolumeId, VolumeId] }
}

const wrapOf = (db: Database, volumeId: VolumeId) =>
  db.prepare('SELECT wrapped FROM load_key WHERE volume_id = ?').pluck().get(volumeId) as Buffer

test('what opens the blocks of another key leaves the disk once they are loaded, or the volume goes', async () => {
  const { scene, volumes } = await begun()
  const [first, second] = volumes
  const wraps = await inCatalog(scene, (db) => volumes.map((id) => wrapOf(db, id)))
  for (const wrap of wraps) expect(filesWithBytesOf(scene.library, wrap)).toHaveLength(1)
  await loaded(scene, first)
  expect(filesWithBytesOf(scene.library, wraps[0]!)).toEqual([])
  await scene.engine.removeVolume({ volumeId: second })
  expect(filesWithBytesOf(scene.library, wraps[1]!)).toEqual([])
})

test('it opens for its own volume alone, and the blocks are damaged where it was altered', async () => {
  const { scene, bytes, volumes } = await begun()
  const [first, second] = volumes
  await scene.engine.disableKey({ key: 'mine' })
  await inCatalog(scene, (db) => {
    const put = db.prepare('UPDATE load_key SET wrapped = ? WHERE volume_id = ?')
    put.run(wrapOf(db, second), first)
  })
  const loading = scene.engine.loadVolume({ volumeId: first })
  expect(await scene.failureOf(loading)).toBe('LIBRARY_DAMAGED')
  expect(await status(scene, first)).toMatchObject({ state: 'damaged', loadedBytes: 0 })
  expect((await readBack(scene, second, 0, COUNT)).equals(bytes)).toBe(true)
})
