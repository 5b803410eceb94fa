import type { Scene } from '../../engine/testing/scene.ts'

/** GiB in the tiers, and dollars a month. */
export async function tiersOf(scene: Scene) {
  const { stored, archived } = await scene.engine.reportCost({ snapshotIds: [] })
  return {
    standard: stored.amount / 0.05,
    archive: archived.amount / 0.0125,
    dollars: stored.amount + archived.amount,
  }
}
