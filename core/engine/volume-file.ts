import {
  closeSync,
  constants,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { StrataError } from '../contract/errors.ts'

/** Makes the sparse file of a managed volume, durable before anything names it. */
export function createVolumeFile(path: string, sizeBytes: number): void {
  told(path, () => {
    const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      ftruncateSync(fd, sizeBytes)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    syncFolder(dirname(path))
  })
}

export function growVolumeFile(path: string, sizeBytes: number): void {
  withVolumeFile(path, (fd) => ftruncateSync(fd, sizeBytes))
}

/** Opens it for reading and writing, and makes what was written durable before it answers. */
export function withVolumeFile<T>(path: string, work: (fd: number) => T): T {
  return told(path, () => {
    const fd = openSync(path, constants.O_RDWR)
    try {
      const result = work(fd)
      fdatasyncSync(fd)
      return result
    } finally {
      closeSync(fd)
    }
  })
}

/** The same for work that pauses, so that others get their turn. */
export async function withVolumeFileFor<T>(
  path: string,
  work: (fd: number) => Promise<T>,
): Promise<T> {
  const fd = told(path, () => openSync(path, constants.O_RDWR))
  try {
    const result = await work(fd)
    fdatasyncSync(fd)
    return result
  } catch (error) {
    throw diskFailure(path, error)
  } finally {
    closeSync(fd)
  }
}

/** Fills `into`, with zeros after the end of the file. */
export function readFully(fd: number, into: Uint8Array, position: number): number {
  let got = 0
  while (got < into.length) {
    const read = readSync(fd, into, got, into.length - got, position + got)
    if (read === 0) break
    got += read
  }
  into.fill(0, got)
  return got
}

export function writeFully(fd: number, from: Uint8Array, position: number): void {
  let done = 0
  while (done < from.length) {
    done += writeSync(fd, from, done, from.length - done, position + done)
  }
}

/** Makes names in a folder durable, where the system can sync folders. */
export function syncFolder(folder: string): void {
  // Windows opens no folders; its file system journals names itself.
  if (process.platform === 'win32') return
  const fd = openSync(folder, constants.O_RDONLY)
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** A failure of the disk as one that a person can act on. */
export function told<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw diskFailure(path, error)
  }
}

export function diskFailure(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string' || error instanceof StrataError) return error
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StrataError('DISK_FULL', { path }, { cause: error })
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StrataError('FILE_NOT_ALLOWED', { path, to: 'written' }, { cause: error })
  }
  return new StrataError('FILE_UNWRITABLE', { path, cause: code }, { cause: error })
}
