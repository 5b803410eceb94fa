import {
  closeSync,
  constants,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../blocks/durable-folder.ts'
import { told, unwritable } from '../blocks/io-errors.ts'

/** Makes the sparse file of a managed volume, durable before anything names it; or leaves nothing. */
export function createVolumeFile(path: string, sizeBytes: number): void {
  told(path, () => {
    const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      ftruncateSync(fd, sizeBytes)
      fsyncSync(fd)
    } catch (error) {
      rmSync(path, { force: true })
      throw error
    } finally {
      closeSync(fd)
    }
    syncFolder(dirname(path))
  })
}

export function growVolumeFile(path: string, sizeBytes: number): void {
  withVolumeFile(path, ({ fd }) => ftruncateSync(fd, sizeBytes))
}

/** The file of a managed volume, open for reading and writing. */
export type OpenVolume = { readonly fd: number; readonly path: string }

/** Not through a link: a library from elsewhere may have one that leads to a file of the user's. */
const TO_WRITE = constants.O_RDWR | (constants.O_NOFOLLOW ?? 0)

/** Opens it for reading and writing, and makes what was written durable before it answers. */
export function withVolumeFile<T>(path: string, work: (volume: OpenVolume) => T): T {
  return withUnsyncedFile(path, (volume) => {
    const result = work(volume)
    fdatasyncSync(volume.fd)
    return result
  })
}

/** The same without making anything durable. */
export function withUnsyncedFile<T>(path: string, work: (volume: OpenVolume) => T): T {
  return told(path, () => {
    const fd = openSync(path, TO_WRITE)
    try {
      return work({ fd, path })
    } finally {
      closeSync(fd)
    }
  })
}

/** The same for work that pauses, so that others get their turn. */
export async function withVolumeFileFor<T>(
  path: string,
  work: (volume: OpenVolume) => Promise<T>,
): Promise<T> {
  const fd = told(path, () => openSync(path, TO_WRITE))
  try {
    const result = await work({ fd, path })
    fdatasyncSync(fd)
    return result
  } catch (error) {
    throw unwritable(error, path)
  } finally {
    closeSync(fd)
  }
}
