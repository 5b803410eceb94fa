import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CATALOG_FILE } from '../catalog/database.ts'
import { noise } from '../testing/make-image.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { Engine } from './engine.ts'
import type { Library } from './library.ts'
import { closeLibrary, createLibrary, openLibrary } from './library-folder.ts'
import { alterCatalog } from './testing/alter-catalog.ts'
import { blocks, Scene } from './testing/scene.ts'

/** A closed library with one snapshot. */
async function closedLibrary() {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(3))
  const disk = noise(1, blocks(3))
  await scene.write(volumeId, 0, disk)
  const snapshotId = await scene.snapshot(volumeId)
  await scene.engine.close()
  const catalog = join(scene.library, CATALOG_FILE)
  const open = async () => {
    scene.engine = await Engine.open(scene.library)
  }
  return { scene, snapshotId, disk, catalog, open }
}

describe('creating', () => {
  test('takes no place that is taken, and changes nothing there', async () => {
    const folder = tempFolder()
    const file = join(folder, 'file')
    writeFileSync(file, 'x')
    for (const path of [folder, file]) {
      await expect(Engine.create(path)).rejects.toMatchObject({ code: 'LIBRARY_EXISTS' })
    }
    expect(readdirSync(folder)).toEqual(['file'])
  })

  test('makes the folders above it, and leaves nothing when it cannot', async () => {
    const folder = tempFolder()
    await (await Engine.create(join(folder, 'a/b/lab.strata'))).close()
    writeFileSync(join(folder, 'file'), 'x')
    const inside = Engine.create(join(folder, 'file/lab.strata'))
    await expect(inside).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' })
    expect(readdirSync(folder).sort()).toEqual(['a', 'file'])
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['lab.strata'])
  })

  test('where no folder can be made fails, and comes to an end', async ({ skip }) => {
    if (process.platform !== 'linux') skip('it needs /proc')
    const nowhere = '/proc/nowhere/at/all/lab.strata'
    await expect(Engine.create(nowhere)).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' })
    const folder = tempFolder()
    symlinkSync(join(folder, 'gone'), join(folder, 'link'))
    const dangling = Engine.create(join(folder, 'link/lab.strata'))
    await expect(dangling).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' })
  })

  test('twice at once makes it once: who comes second is told that it is there', () => {
    const folder = tempFolder()
    const path = join(folder, 'lab.strata')
    let first: Library | undefined
    /** Asked for in the middle of making a library. */
    const clock = () => {
      first ??= createLibrary(path, {}, () => {})
      return 0
    }
    const making = () => createLibrary(path, { clock }, () => {})
    expect(making).toThrow(expect.objectContaining({ code: 'LIBRARY_EXISTS' }))
    expect(readdirSync(folder)).toEqual(['lab.strata'])
    closeLibrary(first!)
    closeLibrary(openLibrary(path, {}, () => {}))
  })

  test('clears away what an interrupted making of the same library left', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, '.lab.strata.unfinished-1/regions'), { recursive: true })
    mkdirSync(join(folder, '.other.strata.unfinished-1'))
    await (await Engine.create(join(folder, 'lab.strata'))).close()
    expect(readdirSync(folder).sort()).toEqual(['.other.strata.unfinished-1', 'lab.strata'])
  })
})

describe('opening', () => {
  test('what is not there, or is no library', async () => {
    const folder = tempFolder()
    for (const path of [folder, join(folder, 'nothing.strata')]) {
      await expect(Engine.open(path)).rejects.toMatchObject({ code: 'LIBRARY_MISSING' })
    }
    expect(readdirSync(folder)).toEqual([])
  })

  test.each(['wal', 'delete'])('a newer format is refused and not changed (%s)', async (mode) => {
    const { scene, catalog } = await closedLibrary()
    alterCatalog(catalog, `PRAGMA user_version = 99; PRAGMA journal_mode = ${mode}`)
    const before = readFileSync(catalog)
    await expect(Engine.open(scene.library)).rejects.toMatchObject({
      code: 'LIBRARY_NEWER',
      message: expect.stringContaining('format 99'),
    })
    expect(readFileSync(catalog).equals(before)).toBe(true)
    expect(readdirSync(scene.library).sort()).toEqual([CATALOG_FILE, 'regions', 'volumes'])
  })

  test('after an unclean stop: pending snapshots have failed, stray files go, the rest is whole', async () => {
    const { scene, snapshotId, disk, catalog, open } = await closedLibrary()
    alterCatalog(
      catalog,
      `INSERT INTO snapshot (id, name, description, volume_id, parent_id, state, started_at,
                             volume_size_bytes, delta, adopted, region)
       SELECT 'snap-00000000000000001', 'half', '', volume_id, id, 'pending', started_at + 1,
              volume_size_bytes, x'', x'', region FROM snapshot`,
    )
    const strays = ['regions/local/segments/a.seg', 'volumes/vol-x.img', 'volumes/.x.partial']
    for (const stray of strays) writeFileSync(join(scene.library, stray), 'x')
    writeFileSync(`${catalog}-wal`, '')
    await open()
    expect((await scene.view()).snapshots).toMatchObject([
      { snapshotId, state: 'completed' },
      { name: 'half', state: 'error' },
    ])
    for (const stray of strays) expect(existsSync(join(scene.library, stray))).toBe(false)
    expect((await scene.bytesOf(snapshotId)).equals(disk)).toBe(true)
  })

  test('what a restore left beside its target goes; no other file that is named does', async () => {
    const { scene, catalog, open } = await closedLibrary()
    const partial = scene.path('.strata-0123456789abcdef.partial')
    const mine = scene.path('mine.img')
    for (const file of [partial, mine]) {
      writeFileSync(file, 'x')
      alterCatalog(catalog, `INSERT INTO unfinished_file VALUES ('${file}')`)
    }
    await open()
    expect([existsSync(partial), existsSync(mine)]).toEqual([false, true])
  })

  test('while a file that rows name is missing, no other is taken for garbage', async () => {
    const { scene, snapshotId, disk, catalog, open } = await closedLibrary()
    const folder = join(scene.library, 'regions/local/segments')
    const [file] = readdirSync(folder)
    const other = `${'0'.repeat(24)}-0-0.seg`
    alterCatalog(catalog, `UPDATE segment SET file = '${other}'`)
    await open()
    expect(readdirSync(folder)).toEqual([file])
    await scene.engine.close()
    alterCatalog(catalog, `UPDATE segment SET file = '${file}'`)
    await open()
    expect((await scene.bytesOf(snapshotId)).equals(disk)).toBe(true)
  })

  test('folders that a copy left out because they were empty are made again', async () => {
    const scene = await Scene.begin()
    await scene.engine.close()
    for (const folder of ['regions', 'volumes'])
      rmSync(join(scene.library, folder), { recursive: true })
    scene.engine = await Engine.open(scene.library)
    const id = await scene.snapshot(await scene.managed(blocks(1)))
    expect((await scene.bytesOf(id)).length).toBe(blocks(1))
  })
})

describe('a damaged catalog is told as such', () => {
  const damaged = { code: 'LIBRARY_DAMAGED' }

  test.each([0, 50, 4_096, 20_000])('cut off at byte %i', async (bytes) => {
    const { scene, catalog } = await closedLibrary()
    truncateSync(catalog, bytes)
    await expect(Engine.open(scene.library)).rejects.toMatchObject(damaged)
    expect(statSync(catalog).size).toBe(bytes)
  })

  test('overwritten at its beginning', async () => {
    const { scene, catalog } = await closedLibrary()
    writeFileSync(catalog, noise(1, 4_096), { flag: 'r+' })
    await expect(Engine.open(scene.library)).rejects.toMatchObject({
      ...damaged,
      message: expect.stringContaining('was overwritten from its first byte on'),
    })
  })

  test('overwritten inside, when the last stop was unclean', async () => {
    const { scene, catalog } = await closedLibrary()
    const bytes = readFileSync(catalog)
    noise(1, 4_096).copy(bytes, 4_096)
    noise(2, 4_096).copy(bytes, 8_192)
    writeFileSync(catalog, bytes)
    writeFileSync(`${catalog}-wal`, '')
    await expect(Engine.open(scene.library)).rejects.toMatchObject(damaged)
  })

  test('whose row of the library is missing', async () => {
    const { scene, catalog } = await closedLibrary()
    alterCatalog(catalog, 'DELETE FROM library')
    await expect(Engine.open(scene.library)).rejects.toMatchObject(damaged)
  })

  test.each([
    ['a delta', `UPDATE snapshot SET delta = x'ff00ff'`],
    ['an adopted set', `UPDATE snapshot SET adopted = x'0102'`],
    [
      'a parent that is not there',
      `PRAGMA foreign_keys = OFF; UPDATE snapshot SET parent_id = 'x'`,
    ],
    ['an id that is none', `PRAGMA foreign_keys = OFF; UPDATE snapshot SET id = 'nonsense'`],
    ['a volume without a valid set', `UPDATE volume SET dirty = x'0102'`],
    ['a segment that has no name of ours', `UPDATE segment SET file = '../../../other'`],
    ['a table that is gone', 'PRAGMA foreign_keys = OFF; DROP TABLE deletion'],
    ['a format below the first', 'PRAGMA user_version = -1'],
  ])('with %s that makes no sense', async (_, sql) => {
    const { catalog, scene, open } = await closedLibrary()
    alterCatalog(catalog, sql)
    await expect(open().then(() => scene.view())).rejects.toMatchObject(damaged)
  })
})
