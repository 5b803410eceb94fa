import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { SnapshotId, VolumeId } from '../../contract/ids.ts'
import { BLOCK_BYTES } from '../../contract/units.ts'
import type { Random } from '../../lineage/testing/random.ts'
import { blockBytes, noise } from '../../testing/make-image.ts'
import { bytesOf, PlainModel, type PlainSnapshot } from './plain-model.ts'
import { cellOf, cutTail, grownTo, layOver, newVolume, type PlainVolume } from './plain-volume.ts'
import { cloneAtRandom, loadAtRandom } from './random-clones.ts'
import { contentAtRandom } from './random-content.ts'
import { copyAtRandom, goSomewhere, REGIONS } from './random-copies.ts'
import { extentAtRandom } from './random-extent.ts'
import { RandomImages } from './random-images.ts'
import type { Scene } from './scene.ts'

const MAX_BLOCKS = 16
const UNDOABLE_MS = 60_000

type Deleted = { deletionId: string; doomed: PlainSnapshot[]; untilMs: number }

/** Does the same random things to a library and to the plain model of it. */
export class RandomActs {
  readonly model = new PlainModel()
  /** What was done, for the message of a failure. */
  readonly log: string[] = []
  readonly #scene: Scene
  readonly #random: Random
  readonly #images: RandomImages
  readonly #files = new Map<string, string>()
  #deleted: Deleted[] = []
  #count = 0

  constructor(scene: Scene, random: Random) {
    this.#scene = scene
    this.#random = random
    this.#images = new RandomImages(scene, random, this.model)
  }

  /** Two linked images and a managed volume to begin with. */
  async begin(): Promise<void> {
    for (const name of REGIONS.slice(1)) await this.#scene.engine.addRegion({ name })
    await this.#import()
    await this.#import()
    await this.#create()
  }

  async next(): Promise<void> {
    const acts: [weight: number, act: () => Promise<void>][] = [
      [8, () => this.#change()],
      [9, () => this.#snapshot()],
      [3, () => this.#delete(this.#random.some(this.model.living, this.#random.pick([0.1, 0.5])))],
      [3, () => this.#loseBase()],
      [2, () => this.#undo()],
      [3, () => this.#reclaim()],
      [3, () => this.#clone()],
      [
        2,
        async () => void this.log.push(await loadAtRandom(this.#scene, this.#random, this.#volume)),
      ],
      [4, () => this.#copy()],
      [2, async () => void this.log.push(await this.#images.next(this.#name('image')))],
      [1, () => this.#grow()],
      [1, () => this.#create()],
      [1, () => this.#remove()],
      [1, () => this.#scene.reopen()],
    ]
    let at = this.#random.below(acts.reduce((sum, [weight]) => sum + weight, 0))
    for (const [weight, act] of acts) {
      at -= weight
      if (at < 0) return act()
    }
  }

  async deleteAll(): Promise<void> {
    await this.#images.deregisterAll()
    const { snapshots } = await this.#scene.view()
    if (snapshots.length > 0) await this.#scene.remove(snapshots.map((one) => one.snapshotId))
    for (const snapshot of this.model.living) snapshot.isAlive = false
  }

  /** Holds a plan for some snapshots against the model's. @returns both */
  async plan(doomed: readonly PlainSnapshot[]) {
    const snapshotIds = doomed.map(({ id }) => id as SnapshotId)
    const plan = await this.#scene.engine.planDeletion({ snapshotIds })
    const counted = this.model.plan(doomed)
    const heirs = plan.heirs.map(({ snapshotId, inheritedBytes }) => [snapshotId, inheritedBytes])
    const heldBy = plan.heldBy.map(({ volumeId, heldBytes }) => [volumeId, heldBytes])
    return {
      told: { ...plan, heirs: heirs.sort(), heldBy: heldBy.sort() },
      counted: { ...counted, snapshotIds, heirs: [...counted.heirs].sort() },
    }
  }

  get #volume(): PlainVolume {
    return this.#random.pick(this.model.volumes)
  }

  async #import(): Promise<void> {
    const count = 2 + this.#random.below(MAX_BLOCKS - 2)
    const contents = Array.from({ length: count }, () => contentAtRandom(this.#random))
    const sizeBytes = count * BLOCK_BYTES - this.#random.pick([0, 0, 1, 511, 300_000])
    const region = await goSomewhere(this.#scene, this.#random)
    const file = this.#scene.image(contents, sizeBytes)
    const id = await this.#scene.linked(file)
    this.#files.set(id, file)
    const volume = newVolume({ id, region, kind: 'linked', sizeBytes })
    volume.cells = contents.map((content) => cellOf(blockBytes(content)))
    cutTail(volume)
    this.model.volumes.push(volume)
    this.log.push(`import ${id} ${sizeBytes}`)
  }

  async #create(): Promise<void> {
    const count = 1 + this.#random.below(MAX_BLOCKS / 2)
    const sizeBytes = count * BLOCK_BYTES - this.#random.pick([0, 0, 1_000])
    const region = await goSomewhere(this.#scene, this.#random)
    const id = await this.#scene.managed(sizeBytes, this.#name('volume'))
    const cells = Array.from({ length: count }, () => null)
    this.model.volumes.push({ ...newVolume({ id, region, kind: 'managed', sizeBytes }), cells })
    this.log.push(`create ${id} ${sizeBytes}`)
  }

  async #change(): Promise<void> {
    const volume = this.#volume
    if (volume.kind === 'linked') this.#changeImage(volume)
    else if (this.#random.chance(0.4)) await this.#fill(volume)
    else await this.#write(volume)
  }

  #changeImage(volume: PlainVolume): void {
    for (const index of this.#random.some([...volume.cells.keys()], 0.3)) {
      volume.cells[index] = cellOf(blockBytes(contentAtRandom(this.#random)))
    }
    cutTail(volume)
    writeFileSync(this.#files.get(volume.id)!, bytesOf(volume))
    this.log.push(`change ${volume.id}`)
  }

  async #write(volume: PlainVolume): Promise<void> {
    const { at, length } = extentAtRandom(this.#random, volume)
    const bytes = noise(this.#random.below(1_000), length)
    await this.#scene.write(volume.id as VolumeId, at, bytes)
    layOver(volume, at, bytes)
    this.log.push(`write ${volume.id} ${at} ${length}`)
  }

  async #fill(volume: PlainVolume): Promise<void> {
    const { at, length } = extentAtRandom(this.#random, volume)
    const seed = this.#name('seed')
    await this.#scene.fill(volume.id as VolumeId, at, length, seed)
    const pattern = createHash('sha256').update(seed).digest().subarray(0, 16)
    const phase = at % 16
    layOver(volume, at, Buffer.alloc(phase + length, pattern).subarray(phase))
    this.log.push(`fill ${volume.id} ${at} ${length}`)
  }

  async #snapshot(volume = this.#volume): Promise<void> {
    const name = this.#name('snapshot')
    const asked = { volumeId: volume.id as VolumeId, name }
    const { jobId, snapshotId: id } = await this.#scene.engine.takeSnapshot(asked)
    this.model.snapshot(volume, id, name)
    this.log.push(`snapshot ${id} of ${volume.id}`)
    if (volume.kind === 'managed') await this.#goOn(volume)
    await this.#scene.done({ jobId })
  }

  /** Whatever becomes of a volume while a snapshot of it is pending is not in that. */
  async #goOn(volume: PlainVolume): Promise<void> {
    const acts = [this.#write, this.#fill, this.#grow, this.#snapshot]
    if (this.#random.chance(0.6)) await this.#random.pick(acts).call(this, volume)
    if (this.#random.chance(0.4)) await this.#write(volume)
  }

  /** Deletes the base of a head, may reclaim it: the next snapshot has to make up for it. */
  async #loseBase(): Promise<void> {
    const volume = this.#volume
    const base = this.model.baseOf(volume)
    if (base === null) return
    await this.#delete([base])
    if (this.#random.chance(0.5)) await this.#reclaim(true)
    if (this.#random.chance(0.7)) await this.#snapshot(volume)
  }

  async #delete(wanted: PlainSnapshot[]): Promise<void> {
    const doomed = await this.#images.deletable(wanted)
    if (doomed.length === 0) return
    const untilMs = this.#scene.nowMs + UNDOABLE_MS
    await this.#scene.remove(
      doomed.map(({ id }) => id as SnapshotId),
      UNDOABLE_MS,
    )
    const { deletions } = await this.#scene.view()
    this.#deleted.push({ deletionId: deletions.at(-1)!.deletionId, doomed, untilMs })
    for (const snapshot of doomed) snapshot.isAlive = false
    this.log.push(`delete ${doomed.map(({ id }) => id).join(' ')}`)
  }

  async #undo(): Promise<void> {
    if (this.#deleted.length === 0) return
    const undone = this.#random.pick(this.#deleted)
    const { deletions } = await this.#scene.view()
    const { deletionId } = deletions.find((one) => one.deletionId === undone.deletionId)!
    await this.#scene.engine.undoDeletion({ deletionId })
    for (const snapshot of undone.doomed) snapshot.isAlive = true
    this.#deleted = this.#deleted.filter((one) => one !== undone)
    this.log.push(`undo ${undone.doomed.map(({ id }) => id).join(' ')}`)
  }

  async #reclaim(now = this.#random.chance(0.4)): Promise<void> {
    // Half of an undo window, so that some deletions are over and some are not.
    this.#scene.nowMs += UNDOABLE_MS / 2
    await this.#scene.reclaim(now)
    const left = new Set(
      (await this.#scene.view()).deletions.map((one) => one.deletionId as string),
    )
    this.#deleted = this.#deleted.filter((one) => left.has(one.deletionId))
    this.log.push(`reclaim ${now ? 'all' : 'what is due'}`)
  }

  async #clone(): Promise<void> {
    this.log.push(await cloneAtRandom(this.#scene, this.#random, this.model, this.#name('clone')))
  }

  async #copy(): Promise<void> {
    this.log.push(await copyAtRandom(this.#scene, this.#random, this.model, this.#name('copy')))
  }

  async #grow(volume = this.#volume): Promise<void> {
    const sizeBytes = volume.sizeBytes + this.#random.pick([1, 300_000, 2 * BLOCK_BYTES])
    volume.cells = grownTo(volume.cells, sizeBytes)
    volume.sizeBytes = sizeBytes
    const volumeId = volume.id as VolumeId
    if (volume.kind === 'managed') await this.#scene.engine.resizeVolume({ volumeId, sizeBytes })
    else writeFileSync(this.#files.get(volume.id)!, bytesOf(volume))
    this.log.push(`grow ${volume.id} to ${sizeBytes}`)
  }

  async #remove(): Promise<void> {
    if (this.model.volumes.length < 4) return
    const volume = this.#volume
    await this.#scene.engine.removeVolume({ volumeId: volume.id as VolumeId })
    this.model.volumes.splice(this.model.volumes.indexOf(volume), 1)
    this.log.push(`remove ${volume.id}`)
  }

  #name(kind: string): string {
    this.#count += 1
    return `${kind} ${this.#count}`
  }
}
