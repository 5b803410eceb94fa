import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { catalogFailure } from '../catalog/database.ts'
import { StrataError } from '../contract/errors.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { removeUnnamed } from './unnamed-files.ts'

/* A failed sync of the log does not say that the next opener finds no such transaction in it. */
test.each<[string, (library: string) => unknown, boolean]>([
  [
    'the log could not be synced',
    (library) =>
      catalogFailure(new Sqlite.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC'), library),
    true,
  ],
  [
    'there was no room for the log',
    (library) => catalogFailure(new Sqlite.SqliteError('full', 'SQLITE_FULL'), library),
    false,
  ],
  ['it was cancelled', () => new StrataError('JOB_CANCELLED', { title: 'x' }), false],
])('when %s, files that rows may name stay: %s', (_, failureIn, stay) => {
  const library = tempFolder()
  const file = join(library, 'a.seg')
  writeFileSync(file, 'x')
  removeUnnamed(failureIn(library), [file])
  expect(existsSync(file)).toBe(stay)
})
