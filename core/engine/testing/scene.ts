import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Input } from '../../contract/calls.ts'
import type { DeletionPlan } from '../../contract/deletion.ts'
import type { EngineEvent } from '../../contract/events.ts'
import type { JobId, SnapshotId, VolumeId } from '../../contract/ids.ts'
import type { Job, JobResult } from '../../contract/jobs.ts'
import type { LibraryView, Snapshot } from '../../contract/model.ts'
import { BLOCK_BYTES } from '../../contract/units.ts'
import { type BlockContent, makeImage } from '../../testing/make-image.ts'
import { tempFolder } from '../../testing/temp-folder.ts'
import { Engine } from '../engine.ts'
import type { KeyVault } from '../key-vault.ts'
import type { NewLibrary } from '../library-folder.ts'

type Result<K extends JobResult['kind']> = Extract<JobResult, { kind: K }>

/** An open library in a folder of its own, for one test; both go when the test ends. */
export class Scene {
  readonly folder = tempFolder()
  readonly events: EngineEvent[] = []
  /** What the engine takes for the time: a millisecond later each time it asks. Tests move it. */
  nowMs = 1_700_000_000_000
  /** What opens its keys from the next opening on. */
  vault: KeyVault | undefined
  /** Else only when they are asked to. */
  runsPolicies = true
  engine!: Engine
  #imageCount = 0

  static async begin({
    vault,
    runsPolicies = true,
    ...options
  }: NewLibrary & { vault?: KeyVault; runsPolicies?: boolean } = {}): Promise<Scene> {
    const scene = new Scene()
    scene.vault = vault
    scene.runsPolicies = runsPolicies
    scene.engine = await Engine.create(scene.library, { ...options, ...scene.#options() })
    onTestFinished(() => scene.engine.close())
    return scene
  }

  get library(): string {
    return this.path('lab.strata')
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  async reopen(): Promise<void> {
    await this.engine.close()
    this.engine = await Engine.open(this.library, this.#options())
  }

  view(): Promise<LibraryView> {
    return this.engine.describeLibrary()
  }

  async snapshotOf(id: SnapshotId): Promise<Snapshot> {
    const found = (await this.view()).snapshots.find(({ snapshotId }) => snapshotId === id)
    if (found === undefined) throw new Error(`${id} is not there`)
    return found
  }

  /** @returns the finished job. @throws Error when it did not end as done */
  async done({ jobId }: { jobId: JobId }): Promise<Job> {
    const job = await this.engine.awaitJob({ jobId })
    if (job.state !== 'done') throw new Error(`${job.title}: ${job.error?.code}, ${job.state}`)
    return job
  }

  /** What the job leaves, of the kind that is expected. */
  async result<K extends JobResult['kind']>(
    kind: K,
    started: Promise<{ jobId: JobId }>,
  ): Promise<Result<K>> {
    const { result } = await this.done(await started)
    if (result?.kind !== kind) throw new Error(`The job left ${result?.kind}, not ${kind}`)
    return result as Result<K>
  }

  /** Code of the error that a job ended with. */
  async failureOf(started: Promise<{ jobId: JobId }>): Promise<string | undefined> {
    const { jobId } = await started
    return (await this.engine.awaitJob({ jobId })).error?.code
  }

  image(blocks: readonly BlockContent[], sizeBytes?: number): string {
    this.#imageCount += 1
    const file = this.path(`image-${this.#imageCount}.img`)
    makeImage(file, blocks, sizeBytes)
    return file
  }

  async linked(file: string, name?: string): Promise<VolumeId> {
    const imported = this.engine.importImage({ file, name, copy: false })
    return (await this.result('volume', imported)).volumeId
  }

  async managed(sizeBytes: number, name = 'work'): Promise<VolumeId> {
    return (await this.engine.createVolume({ name, sizeBytes })).volumeId
  }

  async fill(volumeId: VolumeId, offsetBytes: number, lengthBytes: number, seed: string) {
    return this.engine.writeFill({ volumeId, spans: [{ offsetBytes, lengthBytes }], seed })
  }

  async write(volumeId: VolumeId, offsetBytes: number, bytes: Uint8Array): Promise<void> {
    const file = this.path('bytes')
    writeFileSync(file, bytes)
    await this.done(await this.engine.writeFile({ volumeId, offsetBytes, file }))
    rmSync(file)
  }

  async snapshot(
    volumeId: VolumeId,
    options: Omit<Input<'takeSnapshot'>, 'volumeId'> = {},
  ): Promise<SnapshotId> {
    const taken = await this.engine.takeSnapshot({ volumeId, ...options })
    await this.done(taken)
    return taken.snapshotId
  }

  /** A volume of a snapshot, with all of its blocks; or, if it is `lazy`, with none so far. */
  async clone(
    snapshotId: SnapshotId,
    name: string,
    sizeBytes?: number,
    isLazy = false,
  ): Promise<VolumeId> {
    const cloning = this.engine.createVolumeFromSnapshot({ snapshotId, name, sizeBytes })
    const { volumeId } = await cloning
    if (isLazy) await this.engine.pauseLoading({ volumeId })
    else await this.#loaded(await cloning)
    return volumeId
  }

  /** An encrypted one is only made when its job is done. */
  async #loaded({ jobId, volumeId }: { jobId: JobId; volumeId: VolumeId }): Promise<void> {
    await this.done({ jobId })
    const { state } = await this.engine.describeVolumeStatus({ volumeId })
    if (state !== 'loaded') await this.done(await this.engine.loadVolume({ volumeId }))
  }

  /** What a snapshot restores to. */
  async bytesOf(snapshotId: SnapshotId): Promise<Buffer> {
    const file = this.path('restored')
    const target = { snapshotId, file, sha256: false, overwrite: false }
    await this.done(await this.engine.restoreToFile(target))
    const bytes = readFileSync(file)
    rmSync(file)
    return bytes
  }

  /** What a volume holds, from its first byte on or from another. */
  async contentOf(volumeId: VolumeId, lengthBytes: number, offsetBytes = 0): Promise<Buffer> {
    const file = this.path('read')
    const place = { volumeId, offsetBytes, lengthBytes }
    await this.done(await this.engine.readVolume({ ...place, file, overwrite: false }))
    const bytes = readFileSync(file)
    rmSync(file)
    return bytes
  }

  /** Deletes as planned. @returns the plan, which the library was asked for just before */
  async remove(snapshotIds: SnapshotId[], undoableMs = 0): Promise<DeletionPlan> {
    const plan = await this.engine.planDeletion({ snapshotIds })
    await this.engine.deleteSnapshots({ snapshotIds, undoableMs, revision: plan.revision })
    return plan
  }

  reclaim(now = true): Promise<Result<'reclaim'>> {
    return this.result('reclaim', this.engine.reclaim({ now }))
  }

  verify(): Promise<Result<'verify'>> {
    return this.result('verify', this.engine.verify({ deep: true }))
  }

  #options() {
    const onEvent = (event: EngineEvent) => void this.events.push(event)
    const keys = this.vault && { keyVault: this.vault }
    return { onEvent, clock: () => this.nowMs++, runsPolicies: this.runsPolicies, ...keys }
  }
}

/** Noise, a different one for each seed: blocks that are stored as they are. */
export const noises = (...seeds: number[]): BlockContent[] =>
  seeds.map((seed) => ({ kind: 'noise', seed }))

export const blocks = (count: number): number => count * BLOCK_BYTES
