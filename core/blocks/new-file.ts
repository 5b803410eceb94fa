/*
 * A file that gets its name only when it is whole.
 * (1) Until then it has a random hidden name in the same folder, made by this process.
 * (2) Its data is synced before it is named, its folder after.
 * (3) Naming never replaces a file unless that was asked for.
 */

import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fdatasync,
  ftruncateSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  unlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { syncFolder } from './durable-folder.ts'
import { writeFully } from './full-write.ts'
import { errnoOf, unwritable } from './io-errors.ts'

const fdatasyncAsync = promisify(fdatasync)

/** A name for a file until it is whole: hidden, in the folder of `target`, taken by nobody. */
export function partialFor(target: string): string {
  return join(dirname(target), `.strata-${randomBytes(8).toString('hex')}.partial`)
}

/** Whether `path` is one that `partialFor` made: nothing else may be removed as left over. */
export function isPartial(path: string): boolean {
  return /^\.strata-[0-9a-f]{16}\.partial$/.test(basename(path))
}

export class NewFile {
  readonly path: string
  readonly #target: string
  readonly #fd: number
  #isOpen = true

  private constructor(path: string, target: string, fd: number) {
    this.path = path
    this.#target = target
    this.#fd = fd
  }

  /**
   * Makes the file with its final length, all of it a hole.
   *
   * @param path its name until it is whole (`partialFor`)
   * @param mode who may do what with it, less what the user's mask takes away
   */
  static begin(path: string, target: string, sizeBytes: number, mode = 0o666): NewFile {
    let fd: number
    try {
      fd = openSync(path, 'wx', mode)
    } catch (error) {
      throw unwritable(error, target)
    }
    const file = new NewFile(path, target, fd)
    try {
      ftruncateSync(fd, sizeBytes)
      return file
    } catch (error) {
      file.drop()
      throw unwritable(error, target)
    }
  }

  write(bytes: Buffer, at: number): void {
    writeFully(this.#fd, this.#target, bytes, at)
  }

  async sync(): Promise<void> {
    try {
      await fdatasyncAsync(this.#fd)
    } catch (error) {
      throw unwritable(error, this.#target)
    }
  }

  /** @throws StrataError FILE_EXISTS when the name is taken and `replace` is false */
  publish(replace: boolean): void {
    this.#close()
    try {
      if (replace) renameSync(this.path, this.#target)
      else nameNew(this.path, this.#target)
    } catch (error) {
      throw unwritable(error, this.#target)
    }
    syncFolder(dirname(this.#target))
  }

  /** Removes it, whatever became of it. */
  drop(): void {
    this.#close()
    rmSync(this.path, { force: true })
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#fd)
    this.#isOpen = false
  }
}

/** What a file system without hard links answers. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

/** A second name fails when it is taken, where renaming would replace. */
function nameNew(path: string, target: string): void {
  try {
    linkSync(path, target)
  } catch (error) {
    if (!NO_LINKS.includes(errnoOf(error) ?? '')) throw error
    // Taking the name first with an empty file of our own keeps that promise without links.
    closeSync(openSync(target, 'wx'))
    renameSync(path, target)
    return
  }
  unlinkSync(path)
}
