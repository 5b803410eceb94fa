import { RegionName, type SnapshotId } from '../../contract/ids.ts'
import { BLOCK_BYTES } from '../../contract/units.ts'
import type { Random } from '../../lineage/testing/random.ts'
import type { PlainModel } from './plain-model.ts'
import type { Scene } from './scene.ts'

/** The regions of a random library. */
export const REGIONS = ['local', 'eu-west-1'].map((name) => RegionName.parse(name))

/** @returns the region that new volumes are made in from now on */
export async function goSomewhere(scene: Scene, random: Random): Promise<RegionName> {
  const name = random.pick(REGIONS)
  await scene.engine.useRegion({ name })
  return name
}

/** Copies one snapshot to a region, in the library and in the model. @returns what was done */
export async function copyAtRandom(
  scene: Scene,
  random: Random,
  model: PlainModel,
  name: string,
): Promise<string> {
  if (model.living.length === 0) return 'nothing to copy'
  const source = random.pick(model.living)
  const region = random.pick(REGIONS)
  const input = { snapshotId: source.id as SnapshotId, region }
  const planned = await scene.engine.planCopy(input)
  const copied = await scene.result('copy', scene.engine.copySnapshot({ ...input, name }))
  const movedBlocks = model.copy(source, copied.snapshotId, name, region)
  if (copied.movedBytes !== movedBlocks * BLOCK_BYTES || planned.movedBytes !== copied.movedBytes) {
    throw new Error(`${copied.movedBytes} bytes moved, ${movedBlocks} blocks were expected`)
  }
  return `copy ${copied.snapshotId} of ${source.id} to ${region}`
}
