import type { Input, StrataApi } from '../contract/calls.ts'
import type { EngineEvent } from '../contract/events.ts'
import type { LibraryView, SnapshotId } from '../contract/model.ts'
import { newestCopies } from '../world/copy-base.ts'
import { copySnapshot, planCopy } from '../world/copy-snapshot.ts'
import { costReport, setPrices } from '../world/cost-report.ts'
import { describeSnapshots } from '../world/describe-snapshots.ts'
import { addRegion, knownRegion, regionsOf, useRegion } from '../world/regions.ts'
import { createVolumeFromSnapshot } from './clone-snapshot.ts'
import { diffSnapshots, listSharing } from './compare-snapshots.ts'
import type { Context } from './context.ts'
import { createVolume } from './create-volume.ts'
import { deleteSnapshots, planDeletion, undoDeletion } from './delete-snapshots.ts'
import { removeVolume, renameVolume, resizeVolume } from './edit-volume.ts'
import { Gate } from './gate.ts'
import { importImage } from './import-image.ts'
import { Jobs } from './jobs.ts'
import type { Library } from './library.ts'
import { closeLibrary, createLibrary, type NewLibrary, openLibrary } from './library-folder.ts'
import { read } from './readable.ts'
import { reclaim } from './reclaim-space.ts'
import { ReclaimTimer } from './reclaim-timer.ts'
import { renameSnapshot } from './rename-snapshot.ts'
import { restoreToFile } from './restore-snapshot.ts'
import { sampleCore } from './sample-core.ts'
import { takeSnapshot } from './take-snapshot.ts'
import { verify } from './verify-library.ts'
import { snapshotsOf, viewOf } from './view.ts'
import { writeFile } from './write-file.ts'
import { writeFill } from './write-volume.ts'

export type EngineOptions = {
  onEvent: (event: EngineEvent) => void
  /** Milliseconds since 1970, UTC. Default: the system's. */
  clock?: () => number
  /** What to call this program to a second opener. */
  holder?: string
  /** The region to work in; default: the library's current one. */
  region?: string | undefined
  /** Failures of jobs, for a log. */
  log?: (error: unknown) => void
}

/** An open library and all that can be asked of it. Each verb is a file of its own. */
export class Engine implements StrataApi {
  readonly #context: Context
  /** Not there yet while the library is being opened. */
  readonly #timer: ReclaimTimer | undefined

  private constructor(
    open: (emit: (event: EngineEvent) => void) => Library,
    options: EngineOptions,
  ) {
    const { onEvent } = options
    const library = open((event) => {
      onEvent(event)
      if (event.kind === 'libraryChanged') this.#timer?.arm()
    })
    if (options.region !== undefined) {
      try {
        library.workIn(knownRegion(library, options.region))
      } catch (error) {
        closeLibrary(library)
        throw error
      }
    }
    const jobs = new Jobs(onEvent, options.log ?? (() => {}))
    this.#context = { library, jobs, gate: new Gate(), clock: options.clock ?? Date.now }
    this.#timer = new ReclaimTimer(this.#context)
    this.#timer.arm()
  }

  /** @throws StrataError LIBRARY_EXISTS, FILE_UNWRITABLE, FILE_NOT_ALLOWED, DISK_FULL */
  static async create(path: string, options: EngineOptions & NewLibrary = { onEvent: () => {} }) {
    return new Engine((emit) => createLibrary(path, options, emit), options)
  }

  /** @throws StrataError LIBRARY_MISSING, LIBRARY_LOCKED, LIBRARY_NEWER, LIBRARY_DAMAGED */
  static async open(path: string, options: EngineOptions = { onEvent: () => {} }) {
    return new Engine((emit) => openLibrary(path, options, emit), options)
  }

  /** Cancels what runs, waits for it, and lets go of the library. */
  async close(): Promise<void> {
    this.#timer?.end()
    await this.#context.jobs.stop()
    closeLibrary(this.#context.library)
  }

  async describeLibrary(): Promise<LibraryView> {
    const { library } = this.#context
    return {
      ...viewOf(library, this.#progressOf),
      regions: regionsOf(library),
      newestCopies: newestCopies(library),
    }
  }

  async listHistory() {
    const { library } = this.#context
    return read(library, 'its history', () => library.history.all())
  }

  async importImage(input: Input<'importImage'>) {
    return importImage(this.#context, input)
  }

  async createVolume(input: Input<'createVolume'>) {
    return createVolume(this.#context, input)
  }

  async createVolumeFromSnapshot(input: Input<'createVolumeFromSnapshot'>) {
    return createVolumeFromSnapshot(this.#context, input)
  }

  async writeFile(input: Input<'writeFile'>) {
    return writeFile(this.#context, input)
  }

  async writeFill(input: Input<'writeFill'>) {
    return writeFill(this.#context, input)
  }

  async resizeVolume(input: Input<'resizeVolume'>) {
    return resizeVolume(this.#context, input)
  }

  async renameVolume(input: Input<'renameVolume'>) {
    return renameVolume(this.#context, input)
  }

  async removeVolume(input: Input<'removeVolume'>) {
    return removeVolume(this.#context, input)
  }

  async takeSnapshot(input: Input<'takeSnapshot'>) {
    return takeSnapshot(this.#context, input)
  }

  async renameSnapshot(input: Input<'renameSnapshot'>) {
    renameSnapshot(this.#context, input)
    const snapshots = snapshotsOf(this.#context.library, this.#progressOf)
    return snapshots.find(({ snapshotId }) => snapshotId === input.snapshotId)!
  }

  async planDeletion(input: Input<'planDeletion'>) {
    return planDeletion(this.#context.library, input.snapshotIds)
  }

  async deleteSnapshots(input: Input<'deleteSnapshots'>) {
    return deleteSnapshots(this.#context, input)
  }

  async undoDeletion(input: Input<'undoDeletion'>) {
    return undoDeletion(this.#context, input)
  }

  async reclaim(input: Input<'reclaim'>) {
    return reclaim(this.#context, input)
  }

  async planCopy(input: Input<'planCopy'>) {
    return planCopy(this.#context.library, input)
  }

  async copySnapshot(input: Input<'copySnapshot'>) {
    return copySnapshot(this.#context, input)
  }

  async listRegions() {
    return regionsOf(this.#context.library)
  }

  async addRegion(input: Input<'addRegion'>) {
    return addRegion(this.#context, input)
  }

  async useRegion(input: Input<'useRegion'>) {
    return useRegion(this.#context, input)
  }

  async listEvents(input: Input<'listEvents'>) {
    return this.#context.library.events.list(input)
  }

  async describeSnapshots(input: Input<'describeSnapshots'>) {
    return describeSnapshots(snapshotsOf(this.#context.library, this.#progressOf), input)
  }

  async reportCost(input: Input<'reportCost'>) {
    return costReport(this.#context.library, input)
  }

  async setPrices(input: Input<'setPrices'>) {
    return setPrices(this.#context, input)
  }

  async diffSnapshots(input: Input<'diffSnapshots'>) {
    return diffSnapshots(this.#context.library, input)
  }

  async listSharing(input: Input<'listSharing'>) {
    return listSharing(this.#context.library, input)
  }

  async sampleCore(input: Input<'sampleCore'>) {
    return sampleCore(this.#context.library, input)
  }

  async restoreToFile(input: Input<'restoreToFile'>) {
    return restoreToFile(this.#context, input)
  }

  async verify(input: Input<'verify'>) {
    return verify(this.#context, input)
  }

  async listJobs() {
    return this.#context.jobs.list()
  }

  async awaitJob({ jobId }: Input<'awaitJob'>) {
    return this.#context.jobs.ended(jobId)
  }

  async cancelJob({ jobId }: Input<'cancelJob'>) {
    this.#context.jobs.cancel(jobId)
    return {}
  }

  readonly #progressOf = (id: SnapshotId): number => {
    const job = this.#context.jobs.running().find(({ snapshotId }) => snapshotId === id)
    if (job === undefined || job.totalBytes === 0) return 0
    return Math.min(99, Math.floor((job.doneBytes / job.totalBytes) * 100))
  }
}
