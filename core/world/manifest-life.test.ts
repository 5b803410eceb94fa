import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { expect, it } from 'vitest'
import { CATALOG_FILE } from '../catalog/database.ts'
import { RegionName, type SnapshotId, type VolumeId } from '../contract/ids.ts'
import { stretched } from '../crypto/passphrase.ts'
import { contextOf, derivedKey, seal, unseal } from '../crypto/sealing.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { Random } from '../lineage/testing/random.ts'

const FAR = RegionName.parse('eu-west-1')
const PASSPHRASE = 'correct horse battery'
const vault = { passphrase: () => PASSPHRASE, cost: 1_024 }

async function encryptedVolume(scene: Scene, key?: string): Promise<VolumeId> {
  const input = { name: 'disk', sizeBytes: blocks(4), encrypted: true, key }
  return (await scene.engine.createVolume(input)).volumeId
}

async function write(scene: Scene, volumeId: VolumeId, at: number): Promise<void> {
  await scene.write(volumeId, blocks(at), randomBytes(blocks(1)))
}

/** Verified, with this many encrypted snapshots compared. */
const sound = (checked: number) => ({
  ok: true,
  problems: [],
  encrypted: { checked, unchecked: 0 },
})

it.each([1, 2])('whichever others go, each stays what it was: order %i', async (seed) => {
  const random = new Random(seed)
  const scene = await Scene.begin({ vault })
  const disk = await encryptedVolume(scene)
  let left: SnapshotId[] = []
  for (const at of [0, 1, 0, 2]) {
    await write(scene, disk, at)
    left.push(await scene.snapshot(disk))
  }
  const branch = await scene.clone(left[1]!, 'branch')
  for (const at of [0, 3]) {
    await write(scene, branch, at)
    left.push(await scene.snapshot(branch))
  }
  while (left.length > 1) {
    const gone = left[random.below(left.length)]!
    left = left.filter((id) => id !== gone)
    if (random.below(2) === 0) {
      await scene.remove([gone], 86_400_000)
      await scene.engine.undoDeletion({})
      expect(await scene.verify()).toMatchObject(sound(left.length + 1))
    }
    await scene.remove([gone])
    await scene.reclaim()
    expect(await scene.verify()).toMatchObject(sound(left.length))
  }
  await scene.bytesOf(left[0]!)
})

it('rotation, copies, the archive and the Recycle Bin keep what a snapshot is known by', async () => {
  const scene = await Scene.begin({ vault })
  const { engine } = scene
  await engine.createKey({ name: 'mine' })
  const disk = await encryptedVolume(scene, 'mine')
  await write(scene, disk, 0)
  const first = await scene.snapshot(disk)
  await write(scene, disk, 1)
  const second = await scene.snapshot(disk)
  const bytes = await scene.bytesOf(second)
  await engine.rotateKey({ key: 'mine' })
  await engine.addRegion({ name: FAR })
  const copied = async (snapshotId: SnapshotId, region: RegionName, key?: string) => {
    const wish = { snapshotId, region, encrypted: true, key }
    return (await scene.result('copy', engine.copySnapshot(wish))).snapshotId
  }
  const { region } = await scene.snapshotOf(first)
  const copies = [
    await copied(first, FAR),
    await copied(second, FAR),
    await copied(second, region, 'mine'),
    await copied(await scene.snapshot(await scene.linked(scene.image(noises(1, 2)))), FAR),
  ]
  expect(await scene.verify()).toMatchObject(sound(6))
  // The source of what reads its blocks goes; what was archived comes back.
  await engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
  await scene.remove([first])
  await scene.result('tier', engine.archiveSnapshot({ snapshotId: second }))
  expect(await scene.verify()).toMatchObject(sound(6))
  await scene.result('tier', engine.restoreTier({ snapshotId: second, days: 1 }))
  await engine.recoverSnapshot({ snapshotId: first })
  expect(await scene.verify()).toMatchObject(sound(6))
  for (const id of [second, copies[1]!, copies[2]!]) {
    expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
  }
  // Without its key nothing is said of it; with it, all.
  await engine.disableKey({ key: 'mine' })
  expect(await scene.verify()).toMatchObject({ ok: true, encrypted: { checked: 3, unchecked: 3 } })
  await engine.enableKey({ key: 'mine' })
  expect(await scene.verify()).toMatchObject(sound(6))
})

it('what was encrypted before there were manifests gets them when its keys are next used', async () => {
  const scene = await Scene.begin({ vault })
  const disk = await encryptedVolume(scene)
  const ids: SnapshotId[] = []
  for (const at of [0, 1]) {
    await write(scene, disk, at)
    ids.push(await scene.snapshot(disk))
  }
  const bytes = await scene.bytesOf(ids[1]!)
  await scene.engine.close()
  await writeAsBefore(scene)
  expect(inCatalog(scene, countsOf)).toEqual({ manifests: 0, formats: [1] })
  await scene.reopen()
  // With the first snapshot, which is made of one that had none.
  await write(scene, disk, 2)
  const third = await scene.snapshot(disk)
  await scene.engine.close()
  expect(inCatalog(scene, countsOf)).toEqual({ manifests: 3, formats: [2] })
  await scene.reopen()
  expect(await scene.verify()).toMatchObject(sound(3))
  expect((await scene.bytesOf(ids[1]!)).equals(bytes)).toBe(true)

  // From then on they are demanded of what is old, too.
  await scene.engine.close()
  inCatalog(scene, (db) => db.prepare('DELETE FROM manifest WHERE id = ?').run(ids[0]))
  await scene.reopen()
  expect((await scene.verify()).problems).toMatchObject([
    { kind: 'snapshot-altered', affected: [{ snapshotId: ids[0] }] },
  ])
  expect((await scene.bytesOf(third)).length).toBe(blocks(4))

  // Of one that was never from before, a manifest is not made up: not even beside others that get one.
  await scene.engine.close()
  await writeAsBefore(scene, third)
  await scene.reopen()
  const { problems } = await scene.verify()
  expect(problems.flatMap(({ affected }) => affected.map((each) => each.snapshotId))).toEqual([
    third,
  ])
})

it('a data key that does not open keeps no other from getting manifests', async () => {
  const scene = await Scene.begin({ vault })
  const disk = await encryptedVolume(scene)
  await write(scene, disk, 0)
  const whole = await scene.snapshot(disk)
  const input = { name: 'other', sizeBytes: blocks(4), encrypted: true }
  const { volumeId: other } = await scene.engine.createVolume(input)
  await write(scene, other, 0)
  const lost = await scene.snapshot(other)
  const bytes = await scene.bytesOf(whole)
  await scene.engine.close()
  await writeAsBefore(scene)
  inCatalog(scene, (db) => {
    const damage = 'UPDATE data_key SET wrapped = zeroblob(length(wrapped)) WHERE owner IN (?, ?)'
    db.prepare(damage).run(other, lost)
  })
  await scene.reopen()
  expect((await scene.bytesOf(whole)).equals(bytes)).toBe(true)
  const { problems, encrypted } = await scene.verify()
  const affected = problems.flatMap((problem) => problem.affected.map((each) => each.snapshotId))
  expect([...new Set(affected)]).toEqual([lost])
  expect(encrypted).toEqual({ checked: 2, unchecked: 0 })
})

it('what is said to be plain, and is encrypted, is not made plain by a volume that loads', async () => {
  const scene = await Scene.begin({ vault })
  const disk = await encryptedVolume(scene)
  await write(scene, disk, 0)
  const snapshotId = await scene.snapshot(disk)
  await scene.engine.close()
  inCatalog(scene, (db) => db.prepare('UPDATE snapshot SET origin_key = NULL').run())
  await scene.reopen()
  await scene.engine.createVolumeFromSnapshot({ snapshotId, name: 'plain' })
  const { volumes } = await scene.engine.describeLibrary()
  const { volumeId } = volumes.find(({ name }) => name === 'plain')!
  const range = { offsetBytes: 0, lengthBytes: blocks(1), file: scene.path('read.img') }
  const reading = scene.engine.readVolume({ volumeId, ...range, overwrite: false })
  expect(await scene.failureOf(reading)).toBe('LIBRARY_DAMAGED')
})

/** Runs `work` on a closed library's catalog. */
function inCatalog<T>(scene: Scene, work: (db: Database) => T): T {
  const nativeBinding = process.env.STRATA_SQLITE_BINDING
  const file = join(scene.library, CATALOG_FILE)
  const db = new Sqlite(file, nativeBinding ? { nativeBinding } : {})
  try {
    return work(db)
  } finally {
    db.close()
  }
}

const countsOf = (db: Database) => ({
  manifests: db.prepare('SELECT count(*) FROM manifest').pluck().get(),
  formats: db.prepare('SELECT DISTINCT format FROM data_key').pluck().all(),
})

/**
 * Takes a closed library's manifests away, and wraps its data keys as they were before there were any.
 *
 * @param kept the snapshot whose own data key stays as it is
 */
async function writeAsBefore(scene: Scene, kept?: SnapshotId): Promise<void> {
  type Row = {
    id: string
    owner: string
    key_id: string
    key_version: number
    wrapped: Buffer
  }
  const { libraryId, guard, masters, keys } = inCatalog(scene, (db) => ({
    libraryId: db.prepare('SELECT library_id FROM library').pluck().get() as string,
    guard: db.prepare(`SELECT stretch, wrapped FROM key_guard WHERE kind = 'passphrase'`).get() as {
      stretch: string
      wrapped: Buffer
    },
    masters: db.prepare('SELECT id, version, material FROM master_key').all() as {
      id: string
      version: number
      material: Buffer
    }[],
    keys: db.prepare('SELECT * FROM data_key WHERE format = 2').all() as Row[],
  }))
  const stretch = JSON.parse(guard.stretch)
  const given = { ...stretch, salt: Buffer.from(stretch.salt, 'base64') }
  const passphraseKey = await stretched(PASSPHRASE, given)
  const guardContext = contextOf('strata/guard/v1', libraryId, 'passphrase')
  const libraryKey = unseal(passphraseKey, guard.wrapped, guardContext)!
  const materialKey = derivedKey(libraryKey, contextOf(libraryId), 'strata/material/v1')
  inCatalog(scene, (db) => {
    db.exec('DELETE FROM manifest')
    for (const { id, owner, key_id, key_version, wrapped } of keys) {
      if (owner === kept) continue
      const { version, material } = masters.find((master) => master.id === key_id)!
      const materialContext = contextOf('strata/material/v1', libraryId, key_id, version)
      const opened = unseal(materialKey, material, materialContext)!
      const wrap = derivedKey(opened, contextOf(libraryId, key_id, version), 'strata/wrap/v1')
      const context = (format: 1 | 2) =>
        contextOf(`strata/data-key/v${format}`, libraryId, id, owner, key_id, key_version)
      const bytes = unseal(wrap, wrapped, context(2))!
      db.prepare('UPDATE data_key SET format = 1, wrapped = ? WHERE id = ?').run(
        seal(wrap, bytes, context(1)),
        id,
      )
    }
  })
}
