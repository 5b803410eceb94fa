import { renameSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { CATALOG_FILE } from '../catalog/database.ts'
import { FORMAT_VERSION } from '../catalog/migrate.ts'
import { begin } from '../catalog/migrations/0001-begin.ts'
import { OWNER_ACCOUNT } from '../contract/account.ts'
import { RegionName, type SnapshotId } from '../contract/ids.ts'
import type { LibraryView } from '../contract/model.ts'
import { noise } from '../testing/make-image.ts'
import { blocks, noises, Scene } from './testing/scene.ts'

function connect(file: string): Database {
  const nativeBinding = process.env.STRATA_SQLITE_BINDING
  return new Sqlite(file, nativeBinding ? { nativeBinding } : {})
}

const columnsOf = (db: Database, table: string): string =>
  db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table).join(', ')

const tablesOf = (db: Database) =>
  db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all() as string[]

/** Gives a closed library the catalog that the first format would have had, with the same rows. */
function writeAsFirstFormat(library: string): void {
  const catalog = join(library, CATALOG_FILE)
  const older = join(library, 'older.sqlite')
  const db = connect(older)
  db.pragma('journal_mode = WAL')
  db.pragma('foreign_keys = OFF')
  db.exec(begin)
  db.pragma('user_version = 1')
  db.prepare('ATTACH ? AS newer').run(catalog)
  for (const table of tablesOf(db)) {
    const columns = columnsOf(db, table)
    db.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM newer.${table}`)
  }
  db.close()
  renameSync(older, catalog)
}

/**
 * A library with all that the first format could hold: a linked and a managed volume, fill blocks,
 * holes, a branch, a remnant, a deletion that can be undone, and a removed volume.
 */
async function libraryOfFirstFormat() {
  const scene = await Scene.begin()
  const linked = await scene.linked(scene.image([...noises(1, 2, 3), { kind: 'fill', byte: 9 }]))
  const one = await scene.snapshot(linked, { name: 'one' })
  const two = await scene.snapshot(linked, {
    name: 'two',
    file: scene.image([...noises(1), { kind: 'hole' }, ...noises(4, 5)]),
  })
  const managed = await scene.managed(blocks(6))
  await scene.fill(managed, 0, blocks(4), 'seed')
  await scene.write(managed, blocks(3), noise(6, blocks(2)))
  const root = await scene.snapshot(managed, { name: 'root' })
  for (const name of ['left', 'right']) {
    const branch = await scene.clone(root, name)
    await scene.write(branch, 0, noise(name.length, blocks(1)))
    await scene.snapshot(branch, { name })
    if (name === 'left') await scene.engine.removeVolume({ volumeId: branch })
  }
  await scene.remove([root])
  await scene.reclaim()
  await scene.remove([one], 86_400_000)
  const view = withoutLoads(await scene.view())
  const history = await scene.engine.listHistory()
  const contents = await contentsOf(scene)
  await scene.engine.close()
  writeAsFirstFormat(scene.library)
  return { scene, one, two, view, history, contents }
}

/** When volumes of snapshots were made whole, nobody counted how. */
function withoutLoads(view: LibraryView): LibraryView {
  return { ...view, volumes: view.volumes.map((volume) => ({ ...volume, load: null })) }
}

/** What each snapshot that can be restored reads. */
async function contentsOf(scene: Scene): Promise<Map<SnapshotId, Buffer>> {
  const contents = new Map<SnapshotId, Buffer>()
  for (const { snapshotId } of (await scene.view()).snapshots)
    contents.set(snapshotId, await scene.bytesOf(snapshotId))
  return contents
}

describe('a library of the first format', () => {
  test('is what it claims to be', async () => {
    const { scene, view } = await libraryOfFirstFormat()
    const db = connect(join(scene.library, CATALOG_FILE))
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    expect(tablesOf(db)).not.toContain('region')
    expect(columnsOf(db, 'snapshot')).not.toContain('region')
    const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
    expect([count('snapshot'), count('volume'), count('deletion')]).toEqual([5, 4, 1])
    db.close()
    expect(view.remnants).toHaveLength(2)
    expect(view.snapshots).toHaveLength(3)
  })

  test('is brought up to date: all in it lies in the region “local” and is of the first account', async () => {
    const { scene, view, history } = await libraryOfFirstFormat()
    await scene.reopen()
    const now = await scene.view()
    expect(now).toEqual(view)
    expect(now.formatVersion).toBe(FORMAT_VERSION)
    expect(await scene.engine.listHistory()).toEqual(history)
    const places = [...now.volumes, ...now.snapshots, ...now.remnants].map(({ region }) => region)
    expect(new Set(places)).toEqual(new Set(['local']))
    expect(now.snapshots.map(({ copiedFrom }) => copiedFrom)).toEqual([null, null, null])
    const { storedBytes, physicalBytes } = view
    const all = { snapshotCount: 3, volumeCount: 3, storedBytes, physicalBytes }
    expect(await scene.engine.listRegions()).toEqual([{ name: 'local', isCurrent: true, ...all }])
    const { physicalBytes: _, ...owned } = all
    expect(await scene.engine.listAccounts()).toEqual([
      { accountId: OWNER_ACCOUNT, name: '', isCurrent: true, ...owned },
    ])
    const owners = [...now.volumes, ...now.snapshots].map(({ ownerId }) => ownerId)
    expect(new Set(owners)).toEqual(new Set([OWNER_ACCOUNT]))
  })

  test('restores every snapshot byte for byte, a deletion taken back too', async () => {
    const { scene, one, contents } = await libraryOfFirstFormat()
    await scene.reopen()
    expect(contents.size).toBe(3)
    for (const [snapshotId, bytes] of contents) {
      expect((await scene.bytesOf(snapshotId)).equals(bytes), snapshotId).toBe(true)
    }
    await scene.engine.undoDeletion({})
    const first = await scene.bytesOf(one)
    expect(first.subarray(0, blocks(1)).equals(noise(1, blocks(1)))).toBe(true)
    expect(await scene.verify()).toMatchObject({ ok: true, problems: [] })
  })

  test('takes part in what came later: it gets a region, and copies', async () => {
    const { scene, two, contents } = await libraryOfFirstFormat()
    await scene.reopen()
    const region = RegionName.parse('eu-west-1')
    await scene.engine.addRegion({ name: region })
    const copying = scene.engine.copySnapshot({ snapshotId: two, region })
    const { snapshotId, fullBecause } = await scene.result('copy', copying)
    expect(fullBecause).toBe('first-copy')
    await scene.remove([two])
    await scene.reclaim()
    await scene.reopen()
    expect((await scene.bytesOf(snapshotId)).equals(contents.get(two)!)).toBe(true)
    expect(await scene.verify()).toMatchObject({ ok: true })
  })
})
