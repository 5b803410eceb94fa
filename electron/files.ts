import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CallName } from '../core/contract/calls.ts'
import { StrataError } from '../core/contract/errors.ts'
import type { OfferedFile } from '../core/contract/shell.ts'

/*
 * Files that a person dropped or chose, as capabilities.
 * (1) The page holds random ids. Only this map turns one into a path, so a page can use a file that
 *     was given to it and cannot name another.
 * (2) An id is good for one purpose: an image that was dropped can be read with it, never replaced.
 * (3) The map is bounded: the oldest ids are forgotten.
 */

/** Ids that are remembered. A person does not come near it; a page that floods us gets no further. */
const MAX_OFFERED = 1_024

/** What an id may be used for. A folder that was dropped may turn out to be a library. */
export type Purpose = 'read' | 'write' | 'key' | 'library'

/** The calls that take a file, with what they do to it. */
const FILE_PURPOSE: Partial<Record<CallName, Purpose>> = {
  importImage: 'read',
  writeFile: 'read',
  takeSnapshot: 'read',
  restoreToFile: 'write',
  readVolume: 'write',
  saveRecoveryKey: 'write',
  importKeyMaterial: 'key',
}

export class OfferedFiles {
  readonly #paths = new Map<string, { path: string; purpose: Purpose }>()
  readonly #ids = new Map<string, string>()

  /** Gives an id for a path that a person chose. The same path and purpose keep their id. */
  async offer(path: string, purpose: Purpose): Promise<OfferedFile> {
    return {
      fileId: this.idOf(path, purpose),
      name: basename(path),
      sizeBytes: await sizeOf(path),
    }
  }

  /** The id alone, for a path that need not be looked at. */
  idOf(path: string, purpose: Purpose): string {
    const key = `${purpose} ${path}`
    const id = this.#ids.get(key) ?? `file-${randomBytes(16).toString('hex')}`
    this.#forget(id, key)
    this.#paths.set(id, { path, purpose })
    this.#ids.set(key, id)
    const [oldest] = this.#paths
    if (this.#paths.size > MAX_OFFERED && oldest) {
      this.#forget(oldest[0], `${oldest[1].purpose} ${oldest[1].path}`)
    }
    return id
  }

  /** @throws StrataError FILE_NOT_OFFERED unless `id` was given out for one of `purposes` */
  pathOf(id: string, ...purposes: readonly Purpose[]): string {
    const offered = this.#paths.get(id)
    if (!offered || !purposes.includes(offered.purpose)) {
      throw new StrataError('FILE_NOT_OFFERED', {})
    }
    return offered.path
  }

  /** The parsed input of a call with the id of its file, if it takes one, turned into the path. */
  withPath<T extends object>(name: CallName, input: T): T {
    const purpose = FILE_PURPOSE[name]
    if (!purpose || !('file' in input) || input.file === undefined) return input
    return { ...input, file: this.pathOf(String(input.file), purpose) }
  }

  #forget(id: string, key: string): void {
    this.#paths.delete(id)
    this.#ids.delete(key)
  }
}

/** null where there is nothing to measure; the engine says why when the file is used. */
async function sizeOf(path: string): Promise<number | null> {
  const stats = await stat(path).catch(() => null)
  return stats?.isFile() ? stats.size : null
}
