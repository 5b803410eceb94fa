import type { SnapshotId, VolumeId } from '../../contract/ids.ts'
import { BLOCK_BYTES } from '../../contract/units.ts'
import type { Random } from '../../lineage/testing/random.ts'
import { bytesOf, type PlainModel } from './plain-model.ts'
import { grownTo, newVolume, type PlainVolume, toLoad } from './plain-volume.ts'
import type { Scene } from './scene.ts'

/** Makes a volume of a snapshot, in the library and in the model. @returns what was done */
export async function cloneAtRandom(
  scene: Scene,
  random: Random,
  model: PlainModel,
  name: string,
): Promise<string> {
  if (model.living.length === 0) return 'nothing to clone'
  const origin = random.pick(model.living)
  const sizeBytes = origin.sizeBytes + random.pick([0, 0, 1, BLOCK_BYTES])
  const isLazy = random.chance(0.6)
  const id = await scene.clone(origin.id as SnapshotId, name, sizeBytes, isLazy)
  const { region } = origin
  const volume = { ...newVolume({ id, region, kind: 'managed', sizeBytes }), base: origin }
  volume.cells = grownTo(origin.cells, sizeBytes)
  if (isLazy) volume.unloaded = toLoad(volume.cells)
  model.volumes.push(volume)
  return `clone ${id} of ${origin.id}${isLazy ? ', not loaded' : ''}`
}

/** Loads one block of a volume, or all that it waits for. @returns what was done */
export async function loadAtRandom(
  scene: Scene,
  random: Random,
  volume: PlainVolume,
): Promise<string> {
  if (volume.unloaded.size === 0) return 'nothing to load'
  const volumeId = volume.id as VolumeId
  if (random.chance(0.5)) {
    await scene.done(await scene.engine.loadVolume({ volumeId }))
    volume.unloaded.clear()
  } else {
    const firstBlock = random.pick([...volume.unloaded])
    await scene.engine.touchVolume({ volumeId, firstBlock, blockCount: 1 })
    volume.unloaded.delete(firstBlock)
  }
  return `load ${volume.id}, ${volume.unloaded.size} left`
}

/** Reads every managed volume: what it has not loaded yet is loaded for that. */
export async function readAll(scene: Scene, model: PlainModel): Promise<void> {
  for (const volume of model.volumes.filter(({ kind }) => kind === 'managed')) {
    const found = await scene.contentOf(volume.id as VolumeId, volume.sizeBytes)
    if (!found.equals(bytesOf(volume))) throw new Error(`${volume.id} reads other bytes`)
  }
}
