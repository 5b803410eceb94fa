import { expect } from 'vitest'
import type { SnapshotId } from '../../contract/ids.ts'
import type { Scene } from '../../engine/testing/scene.ts'

export const turn = (scene: Scene, snapshotId: SnapshotId, isOn: boolean) =>
  scene.engine.setFastRestore({ snapshotId, isOn })

export const fastStates = async (scene: Scene) =>
  (await scene.engine.listFastRestores()).map(({ state }) => state)

/** Switched on so long ago that it has come to `enabled`: a small volume is optimized at once. */
export async function enabled(scene: Scene, snapshotId: SnapshotId) {
  await turn(scene, snapshotId, true)
  scene.nowMs += 5_100
  await expect.poll(() => fastStates(scene)).toContain('enabled')
}
