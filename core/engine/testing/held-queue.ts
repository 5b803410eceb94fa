import { writeFileSync } from 'node:fs'
import type { SnapshotId, VolumeId } from '../../contract/ids.ts'
import type { Context } from '../context.ts'
import { Gate } from '../gate.ts'
import { Jobs } from '../jobs.ts'
import { closeLibrary, openLibrary } from '../library-folder.ts'
import { takeSnapshot } from '../take-snapshot.ts'
import { VolumeLoaders } from '../volume-loaders.ts'
import { writeFile } from '../write-file.ts'
import { writeFill } from '../write-volume.ts'
import type { Scene } from './scene.ts'

/** A volume whose snapshots are pending for as long as a test wants. */
export class HeldQueue {
  readonly context: Context
  readonly #scene: Scene
  readonly #volumeId: VolumeId
  #release = () => {}

  private constructor(scene: Scene, volumeId: VolumeId) {
    const clock = () => scene.nowMs++
    const library = openLibrary(scene.library, { clock }, () => {})
    if (scene.vault !== undefined) library.keyring.useVault(scene.vault)
    const jobs = new Jobs(
      () => {},
      () => {},
    )
    this.context = {
      library,
      jobs,
      gate: new Gate(),
      loaders: new VolumeLoaders(library),
      resumesLoading: false,
      policyRuns: new Map(),
      expiryRetries: new Map(),
      clock,
    }
    this.#scene = scene
    this.#volumeId = volumeId
    const held = new Promise<void>((resolve) => {
      this.#release = resolve
    })
    // Snapshots of a volume wait for those before them.
    jobs.start({ kind: 'snapshot', title: 'Held', volumeId }, async () => {
      await held
      return { kind: 'volume', volumeId }
    })
  }

  static async begin(scene: Scene, volumeId: VolumeId): Promise<HeldQueue> {
    await scene.engine.close()
    return new HeldQueue(scene, volumeId)
  }

  snapshot() {
    return takeSnapshot(this.context, { volumeId: this.#volumeId })
  }

  fill(offsetBytes: number, lengthBytes: number, seed: string) {
    const spans = [{ offsetBytes, lengthBytes }]
    return writeFill(this.context, { volumeId: this.#volumeId, spans, seed })
  }

  async write(offsetBytes: number, bytes: Uint8Array): Promise<void> {
    const file = this.#scene.path('bytes')
    writeFileSync(file, bytes)
    const { jobId } = writeFile(this.context, { volumeId: this.#volumeId, offsetBytes, file })
    const { error } = await this.context.jobs.ended(jobId)
    if (error !== null) throw new Error(error.message)
  }

  /** Lets the snapshots be taken, and opens the library again. @returns which are complete */
  async release(): Promise<SnapshotId[]> {
    const { jobs, library } = this.context
    this.#release()
    await Promise.all(jobs.list().map(({ jobId }) => jobs.ended(jobId)))
    const taken = [...library.snapshotRows().values()].filter(({ state }) => state === 'completed')
    closeLibrary(library)
    await this.#scene.reopen()
    return taken.map(({ id }) => id)
  }
}
