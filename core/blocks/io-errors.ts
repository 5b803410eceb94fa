import { StrataError } from '../contract/errors.ts'

/** What writing to, or making, `path` failed with, in words. Defects come back as they are. */
export function unwritable(error: unknown, path: string): unknown {
  const code = errnoOf(error)
  const options = { cause: error }
  switch (code) {
    case null:
      return error
    case 'ENOSPC':
    case 'EDQUOT':
      return new StrataError('DISK_FULL', { path }, options)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StrataError('FILE_NOT_ALLOWED', { path, to: 'written' }, options)
    case 'EEXIST':
      return new StrataError('FILE_EXISTS', { path }, options)
    default:
      return new StrataError('FILE_UNWRITABLE', { path, cause: inWords(code) }, options)
  }
}

/** Does `work`, which makes or writes `path`; its failures are told in words. */
export function told<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw unwritable(error, path)
  }
}

/** Whether a call of the system failed for want of room. */
export function isDiskFull(error: unknown): boolean {
  return FULL.includes(errnoOf(error) ?? '')
}

const FULL = ['ENOSPC', 'EDQUOT']

/** What reading `path` at `offsetBytes` failed with, in words. */
export function unreadable(error: unknown, path: string, offsetBytes: number): unknown {
  const code = errnoOf(error)
  if (code === null) return error
  const data = { path, offsetBytes, cause: inWords(code) }
  return new StrataError('FILE_UNREADABLE', data, { cause: error })
}

/** The system's code of a failed call; null for anything else. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null
  return String(error.code)
}

const WORDS: Record<string, string> = {
  EIO: 'the disk reported an error (EIO)',
  EFBIG: 'the file system cannot hold so large a file (EFBIG)',
  ENOENT: 'its folder is not there (ENOENT)',
  ENOTDIR: 'its folder is not a folder (ENOTDIR)',
  EISDIR: 'it is a folder (EISDIR)',
  ELOOP: 'its symbolic links lead back to themselves (ELOOP)',
  ENAMETOOLONG: 'its name is too long (ENAMETOOLONG)',
  EMFILE: 'too many files are open (EMFILE)',
  ENFILE: 'too many files are open (ENFILE)',
  ESTALE: 'the network file system lost it (ESTALE)',
}

function inWords(code: string): string {
  return WORDS[code] ?? code
}
