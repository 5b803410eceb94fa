import { existsSync } from 'node:fs'
import { StrataError } from '../contract/errors.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { DONE_BLOCKS } from './block-jobs.ts'
import type { BlockRecord } from './block-record.ts'
import { threadCountFor, withJob } from './block-threads.ts'
import { NewFile, partialFor } from './new-file.ts'
import type { VolumeSlots } from './slots.ts'
import { runWindows } from './window-pipeline.ts'
import { type Sources, writeWindows } from './write-windows.ts'

/** Blocks `start` to `end - 1` of the image; what no run names stays a hole. */
export type RestoreRun =
  | { kind: 'fill'; start: number; end: number; pattern: Buffer }
  /** One record a block. */
  | { kind: 'data'; start: number; end: number; records: readonly BlockRecord[] }
  /** Blocks of an encrypted volume, from slot `firstSlot` of its file on. */
  | { kind: 'slots'; start: number; end: number; firstSlot: number; of: VolumeSlots }
  /** Nothing was written there yet; only where something is laid over it. */
  | { kind: 'empty'; start: number; end: number }

export type WriteInput = Sources & {
  /** Absolute path of the file to make. Its folder is there. */
  target: string
  /** Its name until it is whole (`partialFor`), for callers that must find what a crash left. */
  partial?: string
  sizeBytes: number
  /** Sorted by `start`, none overlapping. Taken as needed: a generator keeps memory small. */
  runs: Iterable<RestoreRun>
  /** Replaces a file that is there; without it an existing file is never touched. */
  replace: boolean
  /** Asks for the digest of the whole file. */
  sha256: boolean
  signal: AbortSignal
  /** Bytes of data and fill blocks written so far. */
  onProgress: (doneBytes: number) => void
}

export type Written = {
  /** The length of the file. */
  bytesWritten: number
  /** Blocks of data and fill, in whole blocks: the full size of what was written. */
  dataBytes: number
  /** Lower-case hex. */
  sha256?: string
}

/**
 * Writes a block map to a file that appears whole or not at all. Each block is checked against
 * its SHA-256 before it is written; holes and zeros stay holes. Takes memory for two windows of
 * half a GiB of image, whatever its size.
 *
 * @throws signal.reason when aborted; StrataError FILE_EXISTS, DISK_FULL, FILE_UNWRITABLE,
 *   FILE_NOT_ALLOWED, BLOCK_DAMAGED, SEGMENT_MISSING. Nothing is left behind then.
 */
export async function writeImage(input: WriteInput): Promise<Written> {
  const { target, replace, signal } = input
  signal.throwIfAborted()
  // Told before the work and not only after; what counts is `publish`, which cannot be raced.
  if (!replace && existsSync(target)) throw new StrataError('FILE_EXISTS', { path: target })
  const file = NewFile.begin(input.partial ?? partialFor(target), target, input.sizeBytes)
  try {
    const written = input.sha256
      ? await writeAndHash(input, file)
      : await writeBlocks(input, file, () => {})
    signal.throwIfAborted()
    file.publish(replace)
    return written
  } catch (error) {
    file.drop()
    throw error
  }
}

/** @param onWritten called when all bytes before `toBytes` are in the file */
async function writeBlocks(
  input: WriteInput,
  file: NewFile,
  onWritten: (toBytes: number) => void,
): Promise<Written> {
  const { target, sizeBytes, signal } = input
  const open = { path: file.path, target, sizeBytes }
  const threadCount = threadCountFor(Math.ceil(sizeBytes / BLOCK_BYTES))
  const { control } = await withJob(
    'write',
    Array.from({ length: threadCount }, () => open),
    { signal, onProgress: (doneBlocks) => input.onProgress(doneBlocks * BLOCK_BYTES) },
    (job) =>
      runWindows(
        writeWindows(input.runs, input),
        (window) => job.work(window.work),
        // Windows end in order.
        (window) => onWritten(window.indices[window.count - 1]! * BLOCK_BYTES),
      ),
  )
  onWritten(sizeBytes)
  await file.sync()
  return { bytesWritten: sizeBytes, dataBytes: control[DONE_BLOCKS]! * BLOCK_BYTES }
}

/** Hashes behind the writing, while what was written is still in the system's cache. */
async function writeAndHash(input: WriteInput, file: NewFile): Promise<Written> {
  const { signal } = input
  const options = { signal, onProgress: () => {} }
  const { result, closed } = await withJob(
    'digest',
    [{ path: file.path }],
    options,
    async (job) => {
      let hashing: Promise<unknown> = Promise.resolve()
      const written = await writeBlocks(input, file, (toBytes) => {
        const work = job.work({ toBytes })
        hashing = hashing.then(() => work)
        hashing.catch(() => {})
      })
      await hashing
      return written
    },
  )
  return { ...result, sha256: closed[0]! }
}
