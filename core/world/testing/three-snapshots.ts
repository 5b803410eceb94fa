import type { SnapshotId } from '../../contract/ids.ts'
import type { KeyVault } from '../../engine/key-vault.ts'
import { Scene } from '../../engine/testing/scene.ts'

export const GIB = 2 ** 30

/**
 * A of 10 GiB, B that changes 4 of them, C that adds `lastGib`. Fills: they take no room.
 *
 * @param lastGib at most 5
 */
export async function threeSnapshots(lastGib: number, options: { vault?: KeyVault } = {}) {
  const scene = await Scene.begin(options)
  const volumeId = await scene.managed(15 * GIB)
  const ids: SnapshotId[] = []
  for (const [name, at, gib] of [
    ['A', 0, 10],
    ['B', 6, 4],
    ['C', 10, lastGib],
  ] as const) {
    await scene.fill(volumeId, at * GIB, gib * GIB, name)
    ids.push(await scene.snapshot(volumeId, { name }))
  }
  const [a, b, c] = ids as [SnapshotId, SnapshotId, SnapshotId]
  return { scene, volumeId, a, b, c }
}
