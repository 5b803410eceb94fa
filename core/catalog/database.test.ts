import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { tempFolder } from '../testing/temp-folder.ts'
import { CATALOG_FILE, createCatalog, openCatalog } from './database.ts'
import { FORMAT_VERSION } from './migrate.ts'

function newCatalog() {
  const library = tempFolder()
  const db = createCatalog(library)
  onTestFinished(() => void db.close())
  return { library, db }
}

function reopened(library: string) {
  const db = openCatalog(library, () => 'somebody')
  onTestFinished(() => void db.close())
  return db
}

describe('an open catalog', () => {
  test.each(['made', 'opened'])('just %s, is written through to the disk at each commit', (how) => {
    const { library, db: made } = newCatalog()
    if (how === 'opened') made.close()
    const db = how === 'opened' ? reopened(library) : made
    const read = (name: string) => db.pragma(name, { simple: true })
    expect(read('synchronous')).toBe(2)
    expect(read('journal_mode')).toBe('wal')
    expect(read('locking_mode')).toBe('exclusive')
    expect(read('foreign_keys')).toBe(1)
    expect(read('trusted_schema')).toBe(0)
    expect(read('cell_size_check')).toBe(1)
    expect(read('user_version')).toBe(FORMAT_VERSION)
  })

  test('is one opener’s alone, who is named to others', () => {
    const { library } = newCatalog()
    expect(() => openCatalog(library, () => 'the first')).toThrow(
      expect.objectContaining({
        code: 'LIBRARY_LOCKED',
        message: expect.stringContaining('is open in the first'),
      }),
    )
  })

  test('that was closed is one file', () => {
    const { library, db } = newCatalog()
    db.close()
    expect(readdirSync(library)).toEqual([CATALOG_FILE])
    reopened(library).close()
    expect(readdirSync(library)).toEqual([CATALOG_FILE])
  })
})

describe('what is no catalog is told as damaged, or missing, and left as it is', () => {
  const thrown = (library: string): unknown => {
    try {
      openCatalog(library, () => 'somebody').close()
    } catch (error) {
      return error
    }
    throw new Error('It was opened')
  }

  test('nothing', () => {
    const library = tempFolder()
    expect(thrown(library)).toMatchObject({ code: 'LIBRARY_MISSING' })
    expect(existsSync(join(library, CATALOG_FILE))).toBe(false)
  })

  test.each([
    ['an empty file', ''],
    ['text', 'This is not a database, however long it is. '.repeat(200)],
    ['the beginning of a database', 'SQLite format 3\0'],
  ])('%s', (_, content) => {
    const library = tempFolder()
    writeFileSync(join(library, CATALOG_FILE), content)
    expect(thrown(library)).toMatchObject({ code: 'LIBRARY_DAMAGED' })
  })

  test('a folder', () => {
    const library = tempFolder()
    mkdirSync(join(library, CATALOG_FILE))
    expect(thrown(library)).toMatchObject({ code: 'LIBRARY_DAMAGED' })
  })
})
