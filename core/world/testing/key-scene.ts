import type { SnapshotId } from '../../contract/ids.ts'
import { blocks, Scene } from '../../engine/testing/scene.ts'
import { OTHER } from './sharing-scene.ts'

const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }

/** The key `ours` of the first account, a snapshot under it, and another account. */
export async function sealed() {
  const scene = await Scene.begin({ vault })
  const { engine } = scene
  await engine.addAccount({ accountId: OTHER })
  const { keyId } = await engine.createKey({ name: 'ours' })
  return { scene, engine, keyId, snapshotId: await taken(scene, 'disk', 'ours') }
}

/** A snapshot of a new encrypted volume of one block. */
export async function taken(scene: Scene, name: string, key?: string): Promise<SnapshotId> {
  const input = { name, sizeBytes: blocks(1), encrypted: true, key }
  const { volumeId } = await scene.engine.createVolume(input)
  await scene.fill(volumeId, 0, blocks(1), name)
  return scene.snapshot(volumeId)
}
