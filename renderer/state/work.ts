import type { StateCreator } from 'zustand/vanilla'
import type { Input } from '../../core/contract/calls.ts'
import type { BlockRange, JobId, SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import type { Job } from '../../core/contract/jobs.ts'
import type { OfferedFile } from '../../core/contract/shell.ts'
import { BLOCK_BYTES } from '../../core/contract/units.ts'
import { formatBytes } from '../words/byte-format.ts'
import { type World, wireOf } from './api.ts'
import type { SealWish } from './keys.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'
import { volumeById } from './tree.ts'

/** Verbs that make the engine work. Failures are told; the deed itself is learnt from events. */
export type WorkSlice = {
  importFiles: (files: readonly OfferedFile[], copy: boolean, seal?: SealWish) => Promise<void>
  /** One snapshot after another, each of the next file. */
  snapshotFiles: (volumeId: VolumeId, files: readonly OfferedFile[]) => Promise<void>
  takeSnapshot: (volumeId: VolumeId) => Promise<void>
  createVolume: (name: string, sizeBytes: number, seal?: SealWish) => Promise<void>
  volumeFromSnapshot: (wish: Input<'createVolumeFromSnapshot'>) => Promise<void>
  removeVolume: (volumeId: VolumeId) => Promise<void>
  renameVolume: (volumeId: VolumeId, name: string) => Promise<void>
  /** Managed volumes only. */
  growVolume: (volumeId: VolumeId, sizeBytes: number) => Promise<void>
  renameSnapshot: (snapshotId: SnapshotId, name: string) => Promise<void>
  writeCells: (volumeId: VolumeId, ranges: readonly BlockRange[]) => Promise<void>
  restore: (snapshotId: SnapshotId, file: OfferedFile, overwrite: boolean) => Promise<void>
  verify: (deep: boolean) => Promise<void>
  reclaim: () => Promise<void>
}

export const workSlice =
  (engine: World['engine']): StateCreator<AppState, [], [], WorkSlice> =>
  (_, get) => {
    const tryTo = tellingFailure(get)
    const ended = ({ jobId }: { jobId: JobId }): Promise<Job> => engine.awaitJob({ jobId })
    const showResult = (job: Job) => {
      if (job.result?.kind === 'volume') get().showVolume(job.result.volumeId)
    }

    return {
      importFiles: (files, copy, seal = {}) =>
        tryTo(async () => {
          for (const file of files) {
            const job = await ended(await engine.importImage({ file: file.fileId, copy, ...seal }))
            if (job.result?.kind !== 'volume') return
            const { volumeId } = job.result
            await engine.takeSnapshot({ volumeId })
            showResult(job)
          }
        }),

      snapshotFiles: (volumeId, files) =>
        tryTo(async () => {
          for (const file of files) {
            const job = await ended(await engine.takeSnapshot({ volumeId, file: file.fileId }))
            if (job.state !== 'done') return
          }
        }),

      takeSnapshot: (volumeId) =>
        tryTo(async () => {
          await engine.takeSnapshot({ volumeId })
        }),

      createVolume: (name, sizeBytes, seal = {}) =>
        tryTo(async () => {
          const { volumeId } = await engine.createVolume({ name, sizeBytes, ...seal })
          get().showVolume(volumeId)
        }),

      volumeFromSnapshot: (wish) =>
        tryTo(async () => {
          const { jobId, volumeId } = await engine.createVolumeFromSnapshot(wish)
          const { volumes } = await engine.describeLibrary({})
          // An encrypted one is there only when all of it has been sealed.
          if (volumes.some((volume) => volume.volumeId === volumeId)) get().showVolume(volumeId)
          else showResult(await ended({ jobId }))
        }),

      removeVolume: (volumeId) =>
        tryTo(async () => {
          await engine.removeVolume({ volumeId })
        }),

      renameVolume: (volumeId, name) =>
        tryTo(async () => {
          await engine.renameVolume({ volumeId, name })
        }),

      growVolume: (volumeId, sizeBytes) =>
        tryTo(async () => {
          await engine.resizeVolume({ volumeId, sizeBytes })
        }),

      renameSnapshot: (snapshotId, name) =>
        tryTo(async () => {
          await engine.renameSnapshot({ snapshotId, name })
        }),

      writeCells: (volumeId, ranges) =>
        tryTo(async () => {
          const sizeBytes = volumeById(get().library, volumeId)?.sizeBytes ?? 0
          const spans = ranges.map(({ firstBlock, blockCount }) => {
            const offsetBytes = firstBlock * BLOCK_BYTES
            // The last block of a volume can be a part of one.
            const endBytes = Math.min(sizeBytes, offsetBytes + blockCount * BLOCK_BYTES)
            return { offsetBytes, lengthBytes: endBytes - offsetBytes }
          })
          await engine.writeFill({ volumeId, spans, seed: crypto.randomUUID() })
        }),

      restore: (snapshotId, file, overwrite) =>
        tryTo(async () => {
          const asked = { snapshotId, file: file.fileId, sha256: true, overwrite }
          const isThere = (code: string | undefined) => code === 'FILE_EXISTS' && !overwrite
          const ask = () => get().openDialog({ kind: 'replaceFile', snapshotId, file })
          try {
            const job = await ended(await engine.restoreToFile(asked))
            if (isThere(job.error?.code)) ask()
          } catch (error) {
            if (!isThere(wireOf(error).code)) throw error
            ask()
          }
        }),

      verify: (deep) =>
        tryTo(async () => {
          await engine.verify({ deep })
        }),

      reclaim: () =>
        tryTo(async () => {
          const { result } = await ended(await engine.reclaim({ now: true }))
          if (result?.kind !== 'reclaim' || result.reclaimedBytes > 0) return
          get().tell({
            kind: 'done',
            title: 'Nothing to give back',
            body: `Block data takes ${formatBytes(result.physicalBytes)} on disk, all of it in use.`,
          })
        }),
    }
  }
