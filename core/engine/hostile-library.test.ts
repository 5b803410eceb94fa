import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CATALOG_FILE } from '../catalog/database.ts'
import { FIRST_REGION } from '../catalog/regions.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { Engine } from './engine.ts'
import { segmentsDir, volumesDir } from './library-paths.ts'
import { alterCatalog } from './testing/alter-catalog.ts'
import { blocks, Scene } from './testing/scene.ts'

/* A library that came from elsewhere: opening it and working with it touches no file but its own. */

/** A closed library, and a file of the user's that is none of its business. */
async function givenLibrary() {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(2))
  await scene.engine.close()
  const mine = scene.path('mine.txt')
  writeFileSync(mine, 'precious')
  const isUntouched = () => existsSync(mine) && readFileSync(mine, 'utf8') === 'precious'
  return { scene, volumeId, mine, isUntouched, catalog: join(scene.library, CATALOG_FILE) }
}

test('a link in place of the file that names the holder is replaced, not followed', async () => {
  const { scene, mine, isUntouched } = await givenLibrary()
  symlinkSync(mine, join(scene.library, 'lock'))
  scene.engine = await Engine.open(scene.library)
  expect(isUntouched()).toBe(true)
})

test.each([
  ['segments', (library: string) => segmentsDir(library, FIRST_REGION)],
  ['volumes', volumesDir],
])('a link in place of the folder of %s leads to nothing that is swept', async (_, folderOf) => {
  const { scene } = await givenLibrary()
  const elsewhere = scene.path('elsewhere')
  const away = folderOf(scene.library)
  renameSync(away, elsewhere)
  writeFileSync(join(elsewhere, 'letter.txt'), 'precious')
  mkdirSync(join(elsewhere, 'photos'))
  symlinkSync(elsewhere, away)
  scene.engine = await Engine.open(scene.library)
  expect(readFileSync(join(elsewhere, 'letter.txt'), 'utf8')).toBe('precious')
  expect(existsSync(join(elsewhere, 'photos'))).toBe(true)
})

test('a link in place of the data of a volume is not written through', async () => {
  const { scene, volumeId, mine } = await givenLibrary()
  writeFileSync(mine, Buffer.alloc(blocks(2), 'precious'))
  const file = join(volumesDir(scene.library), `${volumeId}.img`)
  rmSync(file)
  symlinkSync(mine, file)
  scene.engine = await Engine.open(scene.library)
  await expect(scene.fill(volumeId, 100, 100, 'seed')).rejects.toMatchObject({
    code: 'FILE_UNWRITABLE',
  })
  expect(readFileSync(mine).equals(Buffer.alloc(blocks(2), 'precious'))).toBe(true)
})

test('a row that leads out of the library is refused before anything is done', async () => {
  const { scene, isUntouched, catalog } = await givenLibrary()
  alterCatalog(
    catalog,
    `INSERT INTO segment (file, bytes, dead_bytes, first_block_id, end_block_id)
       VALUES ('../../../../mine.txt', 8, 8, 0, 0)`,
  )
  await expect(Engine.open(scene.library)).rejects.toMatchObject({
    code: 'LIBRARY_DAMAGED',
    message: expect.stringMatching(
      /list of its segments makes no sense \(“1” has no possible file\)/,
    ),
  })
  expect(isUntouched()).toBe(true)
})

test('what is told of a linked image is looked at when the library is opened', async () => {
  const scene = await Scene.begin()
  await scene.linked(scene.image([{ kind: 'noise', seed: 1 }]))
  await scene.engine.close()
  alterCatalog(join(scene.library, CATALOG_FILE), `UPDATE volume SET source_stamp = '{'`)
  await expect(Engine.open(scene.library)).rejects.toMatchObject({
    code: 'LIBRARY_DAMAGED',
    message: expect.stringMatching(/volume vol-\w+ makes no sense/),
  })
})

test('the database of something else is left as it is', async () => {
  const folder = tempFolder()
  const catalog = join(folder, CATALOG_FILE)
  alterCatalog(catalog, 'CREATE TABLE theirs (x)')
  const before = readFileSync(catalog)
  await expect(Engine.open(folder)).rejects.toMatchObject({
    code: 'LIBRARY_DAMAGED',
    message: expect.stringContaining("is not one of Strata's"),
  })
  expect(readFileSync(catalog).equals(before)).toBe(true)
})
