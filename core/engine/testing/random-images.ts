import type { ImageId, SnapshotId } from '../../contract/ids.ts'
import type { Random } from '../../lineage/testing/random.ts'
import type { PlainModel, PlainSnapshot } from './plain-model.ts'
import type { Scene } from './scene.ts'

/** Images of single snapshots, which keep them. */
export class RandomImages {
  readonly #scene: Scene
  readonly #random: Random
  readonly #model: PlainModel
  /** Which snapshot each image keeps. */
  readonly #keeps = new Map<ImageId, string>()

  constructor(scene: Scene, random: Random, model: PlainModel) {
    this.#scene = scene
    this.#random = random
    this.#model = model
  }

  /** Registers one, or deregisters one. @returns what was done */
  async next(name: string): Promise<string> {
    const { living } = this.#model
    if (living.length === 0 || (this.#keeps.size > 0 && this.#random.chance(0.6))) {
      return this.#deregister()
    }
    const { id } = this.#random.pick(living)
    const { imageId } = await this.#scene.engine.registerImage({
      name,
      rootDeviceName: '/dev/sda1',
      mappings: [{ deviceName: '/dev/sda1', snapshotId: id as SnapshotId }],
    })
    this.#keeps.set(imageId, id)
    return `image ${imageId} of ${id}`
  }

  /** Those that no image keeps. With any of the others the deletion is refused. */
  async deletable(doomed: readonly PlainSnapshot[]): Promise<PlainSnapshot[]> {
    const kept = new Set(this.#keeps.values())
    const free = doomed.filter(({ id }) => !kept.has(id))
    if (free.length === doomed.length) return free
    const refusal = await this.#scene.remove(doomed.map(({ id }) => id as SnapshotId)).then(
      () => 'deleted',
      (error) => error.code,
    )
    if (refusal !== 'InvalidSnapshot.InUse') throw new Error(`What an image keeps is ${refusal}`)
    return free
  }

  async deregisterAll(): Promise<void> {
    while (this.#keeps.size > 0) await this.#deregister()
  }

  async #deregister(): Promise<string> {
    const [imageId] = this.#keeps.keys()
    if (imageId === undefined) return 'no image'
    await this.#scene.engine.deregisterImage({ imageId, deleteSnapshots: null })
    this.#keeps.delete(imageId)
    return `deregister ${imageId}`
  }
}
