import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { StrataError } from '../contract/errors.ts'
import { type BlockJobs, CANCELLED, type JobRun } from './block-jobs.ts'
import { unreadable } from './io-errors.ts'

/** Long enough that the calls cost nothing beside the hashing. */
const CHUNK_BYTES = 2 ** 20

/** Hashes a file from its start on, as far as it has been written. */
export function openDigest(
  { path }: BlockJobs['digest']['open'],
  control: Int32Array,
): JobRun<'digest'> {
  const fd = openSync(path, 'r')
  const sha256 = createHash('sha256')
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES)
  let at = 0
  return {
    work({ toBytes }) {
      while (at < toBytes && Atomics.load(control, CANCELLED) === 0) {
        const count = readChunk(Math.min(CHUNK_BYTES, toBytes - at))
        sha256.update(chunk.subarray(0, count))
        at += count
      }
      return null
    },
    close() {
      closeSync(fd)
      return sha256.digest('hex')
    },
    abort: () => closeSync(fd),
  }

  function readChunk(bytes: number): number {
    let count: number
    try {
      count = readSync(fd, chunk, 0, bytes, at)
    } catch (error) {
      throw unreadable(error, path, at)
    }
    if (count > 0) return count
    throw new StrataError('FILE_UNWRITABLE', { path, cause: 'something else cut it short' })
  }
}
