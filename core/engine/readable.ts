import { Delta } from '../blocks/delta.ts'
import { unpackSet } from '../catalog/packed-set.ts'
import { StrataError } from '../contract/errors.ts'
import { livingBaseOf, managedHead } from './head.ts'
import type { Library } from './library.ts'
import { unpackStamp } from './source-state.ts'

/**
 * Reads all that the verbs will work with, so that a row that makes no sense is told when the
 * library is opened, and never met halfway through something.
 *
 * @throws StrataError LIBRARY_DAMAGED, naming what cannot be read
 */
export function assertReadable(library: Library): void {
  read(library, 'the list of its snapshots', () => library.snapshotRows())
  read(library, 'the list of its volumes', () => library.volumeRows())
  read(library, 'the list of its segments', () => library.segments.all())
  read(library, 'the list of its deletions', () => library.deletions.all())
  for (const row of library.volumeRows().values()) {
    read(library, `volume ${row.id}`, () => {
      managedHead(row)
      if (row.sourceStamp !== null) unpackStamp(row.sourceStamp)
    })
  }
  for (const row of read(library, 'what is being loaded', () => library.loadRows()).values()) {
    read(library, `what volume ${row.id} has to load`, () => {
      Delta.decode(row.unloaded)
      unpackSet(row.givenUp)
      unpackSet(row.damaged)
    })
  }
  read(library, 'the tree of its snapshots', () => treeOf(library))
  for (const { id, baseId } of library.volumeRows().values()) {
    read(library, `volume ${id}`, () => livingBaseOf(library.lineage(), baseId))
  }
}

/** Looks for the one to blame only when there is one: reading each delta takes its time. */
function treeOf(library: Library): unknown {
  try {
    return library.lineage()
  } catch (error) {
    for (const { id } of library.snapshotRows().values()) {
      read(library, `snapshot ${id}`, () => {
        library.deltaOf(id)
        unpackSet(library.snapshots.storedOf(id).adopted)
      })
    }
    throw error
  }
}

/** @throws StrataError LIBRARY_DAMAGED, saying that `what` makes no sense */
export function read<T>(library: Library, what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof StrataError) throw error
    const problem = `${what} makes no sense (${firstLine(error)})`
    throw new StrataError('LIBRARY_DAMAGED', { path: library.path, problem }, { cause: error })
  }
}

/** A schema's complaint is a page of JSON. */
function firstLine(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return name === 'ZodError' ? 'a value that cannot be' : message.split('\n', 1)[0]!
}
