import { constants, openSync, writeSync, writevSync } from 'node:fs'
import { unwritable } from './io-errors.ts'

/**
 * Opens a file that is there, not through a link: a library from elsewhere may have one that leads to a
 * file of the user's.
 *
 * @param target what errors call it
 * @throws StrataError FILE_UNWRITABLE
 */
export function openToWrite(path: string, target = path): number {
  try {
    return openSync(path, constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0))
  } catch (error) {
    throw unwritable(error, target)
  }
}

/**
 * Writes all of `buffers`, one after the other, from `position` on.
 *
 * @throws StrataError DISK_FULL, FILE_UNWRITABLE
 */
export function writeBuffers(
  fd: number,
  path: string,
  buffers: readonly Buffer[],
  position: number,
): void {
  const total = buffers.reduce((sum, buffer) => sum + buffer.length, 0)
  let done = callWrite(path, () => writevSync(fd, buffers, position))
  if (done === total) return
  for (const buffer of buffers) {
    if (done < buffer.length) {
      writeFully(fd, path, buffer.subarray(done), position + done)
      done = buffer.length
    }
    done -= buffer.length
    position += buffer.length
  }
}

/** As `writeBuffers`, for one. */
export function writeFully(fd: number, path: string, buffer: Buffer, position: number): void {
  let done = 0
  while (done < buffer.length) {
    done += callWrite(path, () =>
      writeSync(fd, buffer, done, buffer.length - done, position + done),
    )
  }
}

function callWrite(path: string, write: () => number): number {
  try {
    return write()
  } catch (error) {
    throw unwritable(error, path)
  }
}
