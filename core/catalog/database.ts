import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { StrataError } from '../contract/errors.ts'
import { assertKnown, migrate } from './migrate.ts'
import { ImpossibleRowError } from './parsed-rows.ts'

export const CATALOG_FILE = 'catalog.sqlite'

/** How long a second opener waits for the first to go: it may be closing. */
const LOCK_WAIT_MS = 300

/** SQLite's own number for synchronous=FULL. */
const FULL = 2

/**
 * Opens the catalog of a library for this process alone. The lock is SQLite's exclusive one, held
 * by the kernel: it goes with the process, however that ends.
 *
 * @param holderOf tells who has the library open, asked only when somebody has
 * @throws StrataError LIBRARY_MISSING, LIBRARY_LOCKED, LIBRARY_NEWER, LIBRARY_DAMAGED
 */
export function openCatalog(library: string, holderOf: () => string): Database {
  const file = join(library, CATALOG_FILE)
  if (!isThere(file, library)) throw new StrataError('LIBRARY_MISSING', { path: library })
  return prepare(file, library, holderOf)
}

/** @throws StrataError FILE_NOT_ALLOWED when one may not even look */
function isThere(file: string, library: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return false
    throw new StrataError('FILE_NOT_ALLOWED', { path: library, to: 'read' }, { cause: error })
  }
}

/** Makes the catalog of a new library. */
export function createCatalog(library: string): Database {
  return prepare(join(library, CATALOG_FILE), library, () => 'another program')
}

function prepare(file: string, library: string, holderOf: () => string): Database {
  const isNew = !existsSync(file)
  const wasUnclean = existsSync(`${file}-wal`)
  if (!wasUnclean) assertWhole(file, library)
  const db = connect(file, library)
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    // Read before the journal is touched: a library from the future must not be changed.
    const format = db.pragma('user_version', { simple: true }) as number
    assertKnown(format, library)
    // A library gets its name when it is whole, so this is the database of something else.
    if (format === 0 && !isNew) throw notOurs(library)
    db.pragma('journal_mode = WAL')
    // After WAL: this build of SQLite drops to NORMAL there, which loses acknowledged commits.
    db.pragma('synchronous = FULL')
    if (db.pragma('synchronous', { simple: true }) !== FULL) {
      throw new Error('SQLite did not accept synchronous=FULL')
    }
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    db.pragma('cell_size_check = ON')
    // What once opened keys does not lie on in a page that is written anyway.
    db.pragma('secure_delete = FAST')
    if (wasUnclean) assertSound(db, library)
    migrate(db, library)
    // Takes the lock now rather than at the first write.
    db.transaction(() => db.pragma('user_version')).immediate()
    return db
  } catch (error) {
    db.close()
    throw told(error, library, holderOf)
  }
}

/**
 * Closes the catalog after writing its log back. Where that is not possible (a full disk), nothing
 * is lost: what was committed is in the log, and the next opener reads it there.
 */
export function closeCatalog(db: Database): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error
  } finally {
    db.close()
  }
}

function notOurs(library: string): StrataError {
  const problem = `its catalog ${CATALOG_FILE} is not one of Strata's`
  return new StrataError('LIBRARY_DAMAGED', { path: library, problem })
}

function connect(file: string, library: string): Database {
  const nativeBinding = process.env.STRATA_SQLITE_BINDING
  try {
    return new Sqlite(file, { timeout: LOCK_WAIT_MS, ...(nativeBinding && { nativeBinding }) })
  } catch (error) {
    throw told(error, library, () => 'another program')
  }
}

/** Where SQLite's header keeps the page size (two bytes) and the number of pages (four). */
const HEADER = { bytes: 100, pageSize: 16, pageCount: 28 }
/** How every database of SQLite begins. */
const MAGIC = 'SQLite format 3\0'

/** Notices at once, whatever the size, that a cleanly closed catalog was cut short since. */
function assertWhole(file: string, library: string): void {
  if (!existsSync(file)) return
  const fd = openToRead(file, library)
  try {
    const header = Buffer.alloc(HEADER.bytes)
    const sizeBytes = statSync(file).size
    const got = readSync(fd, header, 0, HEADER.bytes, 0)
    const pageBytes = header.readUInt16BE(HEADER.pageSize)
    const expectedBytes =
      header.readUInt32BE(HEADER.pageCount) * (pageBytes === 1 ? 65_536 : pageBytes)
    const isForeign = got >= MAGIC.length && !header.toString('latin1').startsWith(MAGIC)
    if (!isForeign && got === HEADER.bytes && sizeBytes >= expectedBytes) return
    throw new StrataError('LIBRARY_DAMAGED', {
      path: library,
      problem: isForeign
        ? `its catalog ${CATALOG_FILE} was overwritten from its first byte on`
        : `its catalog ${CATALOG_FILE} is cut off at byte ${sizeBytes} of ${expectedBytes}`,
    })
  } finally {
    closeSync(fd)
  }
}

function openToRead(file: string, library: string): number {
  if (!statSync(file).isFile()) {
    throw new StrataError('LIBRARY_DAMAGED', {
      path: library,
      problem: `its catalog ${CATALOG_FILE} is not a file`,
    })
  }
  try {
    return openSync(file, 'r')
  } catch (error) {
    throw new StrataError('FILE_NOT_ALLOWED', { path: file, to: 'read' }, { cause: error })
  }
}

/** The quick check reads every page: enough to notice a catalog that was overwritten. */
function assertSound(db: Database, library: string): void {
  const answer = db.pragma('quick_check(1)', { simple: true })
  if (answer !== 'ok') {
    throw new StrataError('LIBRARY_DAMAGED', {
      path: library,
      problem: `its catalog fails SQLite's check (${String(answer)})`,
    })
  }
}

function told(error: unknown, library: string, holderOf: () => string): unknown {
  if (error instanceof ImpossibleRowError) return damaged(error, library)
  if (!(error instanceof Sqlite.SqliteError)) return error
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) {
    return new StrataError(
      'LIBRARY_LOCKED',
      { path: library, holder: holderOf() },
      { cause: error },
    )
  }
  return openingFailure(error, library)
}

/** As `catalogFailure`, while a library is opened: then a table that is not as it was is damage. */
export function openingFailure(error: unknown, library: string): unknown {
  const failure = catalogFailure(error, library)
  return failure instanceof Sqlite.SqliteError ? damaged(failure, library) : failure
}

function damaged(error: Error, library: string): StrataError {
  const problem = `its catalog cannot be read (${error.message})`
  return new StrataError('LIBRARY_DAMAGED', { path: library, problem }, { cause: error })
}

/**
 * Whether a transaction failed in a way that leaves open whether it is done: its log may be on the
 * disk though syncing it was answered with an error, and then the next opener finds it done.
 */
export function isUnclear(failure: unknown): boolean {
  const cause = failure instanceof StrataError ? failure.cause : failure
  return cause instanceof Sqlite.SqliteError && cause.code.startsWith('SQLITE_IOERR')
}

/** A failure of a catalog as one that a person can act on; anything else stays as it is. */
export function catalogFailure(error: unknown, library: string): unknown {
  if (error instanceof ImpossibleRowError) return damaged(error, library)
  if (!(error instanceof Sqlite.SqliteError)) return error
  const path = join(library, CATALOG_FILE)
  switch (true) {
    case error.code === 'SQLITE_FULL':
      return new StrataError('DISK_FULL', { path }, { cause: error })
    case error.code === 'SQLITE_CANTOPEN' || error.code.startsWith('SQLITE_READONLY'):
      return new StrataError('FILE_NOT_ALLOWED', { path, to: 'written' }, { cause: error })
    case error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB':
      return damaged(error, library)
    case error.code.startsWith('SQLITE_IOERR'):
      return new StrataError('FILE_UNWRITABLE', { path, cause: error.message }, { cause: error })
    default:
      return error
  }
}
