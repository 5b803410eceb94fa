import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SnapshotId, VolumeId } from '../../contract/ids.ts'
import { blockBytes } from '../../testing/make-image.ts'
import { volumesDir } from '../library-paths.ts'
import { blocks, noises, Scene } from './scene.ts'

/** Blocks of what volumes are made from here. */
export const COUNT = 12

/** A linked volume of noise with one snapshot. Nothing is compressed: places are easy to find. */
export async function snapshotted() {
  const scene = await Scene.begin({ compression: 'none' })
  const contents = noises(...Array.from({ length: COUNT }, (_, seed) => seed))
  const image = await scene.linked(scene.image(contents), 'disk')
  const snapshotId = await scene.snapshot(image, { name: 'first' })
  const bytes = Buffer.concat(contents.map(blockBytes))
  return { scene, image, snapshotId, bytes }
}

/** A volume of it that waits: nothing is loaded. */
export const waiting = (scene: Scene, snapshotId: SnapshotId, name = 'lazy') =>
  scene.clone(snapshotId, name, undefined, true)

export const status = (scene: Scene, volumeId: VolumeId) =>
  scene.engine.describeVolumeStatus({ volumeId })
export const loaded = async (scene: Scene, volumeId: VolumeId) =>
  scene.done(await scene.engine.loadVolume({ volumeId }))
export const inFile = (scene: Scene, volumeId: VolumeId) =>
  readFileSync(join(volumesDir(scene.library), `${volumeId}.img`))
export const block = (bytes: Buffer, index: number) =>
  bytes.subarray(blocks(index), blocks(index + 1))
export const isZero = (bytes: Buffer) => bytes.every((byte) => byte === 0)

export const readBack = (scene: Scene, volumeId: VolumeId, first: number, count: number) =>
  scene.contentOf(volumeId, blocks(count), blocks(first))
