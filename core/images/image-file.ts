/*
 * Opening files that people give us. Reads only; a file of theirs is never written.
 * (1) A symbolic link is resolved once, by name; what is opened then is no link, and what is
 *     checked is what was opened: by its descriptor, not by its name.
 * (2) Opening never waits: a FIFO answers at once and is refused.
 * (3) No path is taken from inside an image.
 */
import { type BigIntStats, closeSync, constants, fstatSync, openSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { StrataError } from '../contract/errors.ts'
import { MAX_VOLUME_BYTES } from '../contract/units.ts'
import { changeBetween, type ImageStamp, lossBetween, stampFrom, stampOf } from './image-stamp.ts'

export { type ImageStamp, stampOf } from './image-stamp.ts'

/** An image that is open for reading. */
export type ImageFile = {
  /** Absolute, without links. */
  path: string
  fd: number
  /** As it was when it was opened. */
  stamp: ImageStamp
  /** @throws StrataError IMAGE_CHANGED when the file, or what the path names, is not as stamped */
  assertUnchanged(): void
  close(): void
}

/**
 * Opens an image that a person named.
 *
 * @param path absolute, or relative to the working folder; a symbolic link is followed
 * @throws StrataError FILE_MISSING, FILE_IS_FOLDER, FILE_IS_DEVICE, FILE_IS_SPECIAL,
 *   FILE_LINK_LOOP, FILE_NOT_ALLOWED, FILE_NAME_UNUSABLE, FILE_UNREADABLE, IMAGE_EMPTY,
 *   IMAGE_TOO_LARGE
 */
export function openImage(path: string): ImageFile {
  const real = realPath(path)
  const { fd, stats } = openChecked(real, path)
  try {
    if (stats.size === 0n) throw new StrataError('IMAGE_EMPTY', { path: real })
    if (stats.size > BigInt(MAX_VOLUME_BYTES)) {
      throw new StrataError('IMAGE_TOO_LARGE', { path: real, sizeBytes: String(stats.size) })
    }
  } catch (error) {
    closeSync(fd)
    throw error
  }
  const stamp = stampFrom(stats)
  return {
    path: real,
    fd,
    stamp,
    assertUnchanged() {
      const open = stampFrom(fstatSync(fd, { bigint: true }))
      assertSame(real, stamp, open)
      assertSame(real, stamp, stampOf(real))
    },
    close: () => closeSync(fd),
  }
}

/**
 * Opens the same file once more, for another thread.
 *
 * @param assert what has to be the same
 * @throws StrataError IMAGE_CHANGED when the path names another file by now, or as `openImage`
 */
export function reopenImage(path: string, stamp: ImageStamp, assert = assertSame): number {
  assert(path, stamp, stampOf(path))
  const { fd, stats } = openChecked(path, path)
  try {
    assert(path, stamp, stampFrom(stats))
    return fd
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

/** @throws StrataError IMAGE_CHANGED, saying how, when `now` differs from `before` */
export function assertSame(path: string, before: ImageStamp, now: ImageStamp | null): void {
  const what = changeBetween(before, now)
  if (what) throw new StrataError('IMAGE_CHANGED', { path, what })
}

/** The same for a file that the program itself writes to, or makes longer. */
export function assertThere(path: string, before: ImageStamp, now: ImageStamp | null): void {
  const what = lossBetween(before, now)
  if (what) throw new StrataError('IMAGE_CHANGED', { path, what })
}

/** Not on Windows, where these are absent: there a FIFO has no path and links need rights. */
const OPEN_FLAGS =
  constants.O_RDONLY |
  (constants.O_NONBLOCK ?? 0) |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NOCTTY ?? 0)

function realPath(path: string): string {
  if (path === '') throw new StrataError('FILE_NAME_UNUSABLE', { path, problem: 'is empty' })
  if (path.includes('\0')) {
    throw new StrataError('FILE_NAME_UNUSABLE', { path, problem: 'contains a NUL character' })
  }
  try {
    return realpathSync.native(resolve(path))
  } catch (error) {
    throw openError(error, path)
  }
}

function openChecked(real: string, given: string): { fd: number; stats: BigIntStats } {
  let fd: number
  try {
    fd = openSync(real, OPEN_FLAGS)
  } catch (error) {
    throw openError(error, given)
  }
  const stats = fstatSync(fd, { bigint: true })
  const problem = kindProblem(stats, real)
  if (!problem) return { fd, stats }
  closeSync(fd)
  throw problem
}

/** What speaks against using this as an image; null: it is an ordinary file. */
export function kindProblem(stats: BigIntStats, path: string): StrataError | null {
  if (stats.isFile()) return null
  if (stats.isDirectory()) return new StrataError('FILE_IS_FOLDER', { path })
  if (stats.isBlockDevice() || stats.isCharacterDevice()) {
    return new StrataError('FILE_IS_DEVICE', { path })
  }
  const what = stats.isFIFO() ? 'named pipe' : stats.isSocket() ? 'socket' : 'special file'
  return new StrataError('FILE_IS_SPECIAL', { path, what })
}

function openError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code
  const cause = { cause: error }
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return path.includes(REPLACEMENT)
        ? new StrataError('FILE_NAME_UNUSABLE', { path, problem: NOT_UTF8 }, cause)
        : new StrataError('FILE_MISSING', { path }, cause)
    case 'ELOOP':
      return new StrataError('FILE_LINK_LOOP', { path }, cause)
    case 'EACCES':
    case 'EPERM':
      return new StrataError('FILE_NOT_ALLOWED', { path, to: 'read' }, cause)
    case 'ENAMETOOLONG':
      return new StrataError('FILE_NAME_UNUSABLE', { path, problem: 'is too long' }, cause)
    case 'ENXIO':
      // What opening a socket answers.
      return new StrataError('FILE_IS_SPECIAL', { path, what: 'socket' }, cause)
    case undefined:
      return error
    default:
      return new StrataError('FILE_UNREADABLE', { path, offsetBytes: 0, cause: code }, cause)
  }
}

/** What a folder listing shows for bytes that are not UTF-8; no file is found by that name. */
const REPLACEMENT = '\ufffd'
const NOT_UTF8 = 'has characters that are not valid UTF-8, so it cannot be opened by its name'
