import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { told } from '../blocks/io-errors.ts'
import { partialFor } from '../blocks/new-file.ts'
import { type Written, writeImage } from '../blocks/restore.ts'
import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { kindProblem } from '../images/image-file.ts'
import { readAuthentic } from './authentic.ts'
import { BlockMap } from './block-map.ts'
import type { Context } from './context.ts'
import { assertKeyUsable } from './encryption-choice.ts'
import type { Library } from './library.ts'

/** Writes what a snapshot reads to a file, byte for byte, sparse where nothing was ever written. */
export function restoreToFile(
  context: Context,
  input: Input<'restoreToFile'>,
): Output<'restoreToFile'> {
  const { library, jobs } = context
  const row = library.directRow(input.snapshotId)
  const target = told(input.file, () => freeTarget(library, input))
  const map = BlockMap.of(library, row.id)
  const jobId = jobs.start(
    {
      kind: 'restore',
      title: `Restore of ${row.name}`,
      snapshotId: row.id,
      totalBytes: dataBytesOf(map),
    },
    async (job) => {
      const written = await context.gate.share<Written>(job.signal, async () => {
        // It may have been deleted, and reclaimed, while this waited.
        library.directRow(row.id)
        if (row.originKey !== null) await library.keyring.ready()
        assertKeyUsable(library, row)
        return withPartial(library, target, (partial) =>
          readAuthentic(library, row, job.signal, (runs) =>
            writeImage({
              target,
              partial,
              sizeBytes: row.volumeSizeBytes,
              runs,
              ...library.sources(),
              replace: input.overwrite,
              sha256: input.sha256,
              signal: job.signal,
              onProgress: job.progress,
            }),
          ),
        )
      })
      return { kind: 'restore', ...written }
    },
  )
  return { jobId }
}

/** Keeps word of the unfinished file while `write` runs: after a crash the next open removes it. */
export async function withPartial<T>(
  library: Library,
  target: string,
  write: (partial: string) => Promise<T>,
): Promise<T> {
  const partial = partialFor(target)
  ifThereIsRoom(library, () => library.unfinished.add(partial))
  try {
    return await write(partial)
  } finally {
    // What cannot be forgotten now is at the next open, which finds no such file.
    ifThereIsRoom(library, () => library.unfinished.remove(partial))
  }
}

/** A full disk under the library must not keep its snapshots from being saved to another one. */
function ifThereIsRoom(library: Library, note: () => void): void {
  try {
    library.quietly(note)
  } catch (error) {
    if (!(error instanceof StrataError) || error.code !== 'DISK_FULL') throw error
  }
}

export function dataBytesOf(map: BlockMap): number {
  return map.pieces.reduce((sum, { start, end }) => sum + (end - start) * BLOCK_BYTES, 0)
}

/** @throws StrataError as `realTarget` and `assertFree`; errors of the system as they are */
export function freeTarget(library: Library, input: { file: string; overwrite: boolean }): string {
  const target = realTarget(input.file)
  assertFree(library, target, input.overwrite)
  return target
}

/** The file that would be written, with the links of its folder resolved. */
function realTarget(file: string): string {
  const path = resolve(file)
  if (path.includes('\0')) {
    throw new StrataError('FILE_NAME_UNUSABLE', { path, problem: 'contains a NUL character' })
  }
  if (existsSync(path)) return realpathSync.native(path)
  const folder = dirname(path)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new StrataError('FILE_MISSING', { path: folder })
  }
  return join(realpathSync.native(folder), path.slice(folder.length))
}

/** @throws StrataError FILE_IS_SOURCE, FILE_IN_LIBRARY, FILE_EXISTS, or that it is no file */
function assertFree(library: Library, target: string, mayReplace: boolean): void {
  for (const volume of library.volumeRows().values()) {
    if (volume.sourcePath === target && !volume.isRemoved) {
      throw new StrataError('FILE_IS_SOURCE', { path: target, volume: volume.name })
    }
  }
  if (target.startsWith(library.path + sep)) {
    throw new StrataError('FILE_IN_LIBRARY', { path: target })
  }
  const there = statSync(target, { bigint: true, throwIfNoEntry: false })
  if (there === undefined) {
    // A link to nowhere takes the name all the same.
    const isTaken = lstatSync(target, { throwIfNoEntry: false }) !== undefined
    if (isTaken && !mayReplace) throw new StrataError('FILE_EXISTS', { path: target })
    return
  }
  // Renaming over a device or a pipe would do away with it.
  const problem = kindProblem(there, target)
  if (problem !== null) throw problem
  if (!mayReplace) throw new StrataError('FILE_EXISTS', { path: target })
}
