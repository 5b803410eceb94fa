import { randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { syncFolder } from '../blocks/durable-folder.ts'
import { errnoOf, told } from '../blocks/io-errors.ts'
import { closeCatalog, createCatalog, openCatalog, openingFailure } from '../catalog/database.ts'
import { FIRST_REGION } from '../catalog/regions.ts'
import { StrataError } from '../contract/errors.ts'
import type { EngineEvent } from '../contract/events.ts'
import { Library } from './library.ts'
import { clearHolder, holderOf, writeHolder } from './library-lock.ts'
import { segmentsDir, volumesDir } from './library-paths.ts'
import { assertReadable, read } from './readable.ts'
import { sweep } from './sweep.ts'

export type NewLibrary = {
  practice?: boolean
  /** Of stored blocks, where the runtime can; it never changes a logical figure. */
  compression?: 'zstd' | 'none'
}

type Opener = { clock?: () => number; holder?: string; log?: (error: unknown) => void }

const DEFAULT_HOLDER = 'Strata'

/**
 * Makes the folder of a new library, which appears under its name whole or not at all.
 *
 * @throws StrataError LIBRARY_EXISTS, FILE_UNWRITABLE, FILE_NOT_ALLOWED, DISK_FULL
 */
export function createLibrary(
  path: string,
  options: NewLibrary & Opener,
  emit: (event: EngineEvent) => void,
): Library {
  const folder = resolve(path)
  if (existsSync(folder)) throw new StrataError('LIBRARY_EXISTS', { path: folder })
  const parent = dirname(folder)
  told(folder, () => makeFolders(parent))
  const unfinished = join(parent, `${unfinishedPrefix(folder)}${randomUUID()}`)
  try {
    told(folder, () => {
      mkdirSync(segmentsDir(unfinished, FIRST_REGION), { recursive: true, mode: 0o700 })
      mkdirSync(volumesDir(unfinished), { mode: 0o700 })
    })
    fillCatalog(unfinished, options)
    told(folder, () => {
      for (
        let inner = segmentsDir(unfinished, FIRST_REGION);
        inner !== parent;
        inner = dirname(inner)
      ) {
        syncFolder(inner)
      }
      nameLibrary(unfinished, folder)
    })
  } catch (error) {
    clearAway(unfinished)
    // Another program was first with the name, and has cleared this one away.
    if (!existsSync(folder)) throw error
    throw new StrataError('LIBRARY_EXISTS', { path: folder }, { cause: error })
  }
  told(folder, () => {
    removeUnfinished(folder)
    syncFolder(parent)
  })
  return openLibrary(folder, options, emit)
}

/**
 * Opens a library for this process alone, after removing what an interrupted run left behind.
 *
 * @throws StrataError LIBRARY_MISSING, LIBRARY_LOCKED, LIBRARY_NEWER, LIBRARY_DAMAGED
 */
export function openLibrary(
  path: string,
  { clock = Date.now, holder = DEFAULT_HOLDER, log }: Opener,
  emit: (event: EngineEvent) => void,
): Library {
  // Without links: what lies inside the library is told by its path.
  const folder = existsSync(path) ? realpathSync(path) : resolve(path)
  const db = openCatalog(folder, () => holderOf(folder))
  try {
    const library = new Library(folder, db, emit, log)
    read(library, 'what it says of itself', () => library.facts())
    told(folder, () => writeHolder(folder, holder, clock()))
    assertReadable(library)
    told(folder, () => sweep(library, clock()))
    return library
  } catch (error) {
    db.close()
    throw openingFailure(error, folder)
  }
}

/** Closing what is closed does nothing. */
export function closeLibrary(library: Library): void {
  if (!library.db.open) return
  clearHolder(library.path)
  closeCatalog(library.db)
}

/** What it cannot remove, the next to make this library does: the failure before it is the one to tell. */
function clearAway(unfinished: string): void {
  try {
    rmSync(unfinished, { recursive: true, force: true })
  } catch {
    // Where nothing may be made, nothing may be looked for either.
  }
}

function fillCatalog(
  folder: string,
  { practice = false, compression, clock }: NewLibrary & Opener,
) {
  const db = createCatalog(folder)
  try {
    new Library(folder, db, () => {}).begin({
      libraryId: randomUUID(),
      createdAt: (clock ?? Date.now)(),
      isPractice: practice,
      compression: compression ?? 'zstd',
    })
  } finally {
    closeCatalog(db)
  }
}

/** @throws StrataError LIBRARY_EXISTS when another program made one there meanwhile */
function nameLibrary(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    if (!TAKEN.includes(errnoOf(error) ?? '')) throw error
    throw new StrataError('LIBRARY_EXISTS', { path: folder }, { cause: error })
  }
}

/** What renaming a folder to a name that is taken answers. */
const TAKEN = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR']

/**
 * Each of them is durable in the one above it. One by one: where none can be made, below /proc say, Node
 * tries for ever to make all of them in one go.
 */
function makeFolders(folder: string): void {
  if (!existsSync(folder)) {
    makeFolders(dirname(folder))
    makeFolder(folder)
    syncFolder(dirname(folder))
  }
  if (!statSync(folder).isDirectory()) {
    throw new StrataError('FILE_UNWRITABLE', { path: folder, cause: 'it is not a folder' })
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another program may have made it meanwhile.
    if (errnoOf(error) !== 'EEXIST') throw error
  }
}

const unfinishedPrefix = (folder: string) => `.${basename(folder)}.unfinished-`

/**
 * What an interrupted making of this very library left, or one that came second. Not before it has its
 * name: until then another program may be the first.
 */
function removeUnfinished(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(unfinishedPrefix(folder))) {
      rmSync(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 3 })
    }
  }
}
