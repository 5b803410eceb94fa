import type { PolicyId, SnapshotId, VolumeId } from '../../contract/ids.ts'
import type { PolicyRun, Retention, Schedule } from '../../contract/policy.ts'
import { noises, Scene } from '../../engine/testing/scene.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
/** Midnight, on a Wednesday: the time of a scene starts there. */
export const MIDNIGHT_MS = Date.UTC(2023, 10, 15)

/** A linked volume “web” of two blocks, tagged Backup=yes, and nothing taken of it. */
export async function taggedVolume() {
  const scene = await Scene.begin()
  scene.nowMs = MIDNIGHT_MS + HOUR_MS / 2
  const file = scene.image(noises(1, 2))
  const volumeId = await scene.linked(file, 'web')
  await tagged(scene, volumeId)
  return { scene, volumeId, file }
}

export const tagged = (scene: Scene, volumeId: VolumeId) =>
  scene.engine.setTags({ resourceId: volumeId, tags: [{ key: 'Backup', value: 'yes' }] })

export const count = (kept: number): Retention => ({ kind: 'count', count: kept })
export const days = (length: number): Retention => ({ kind: 'age', length, unit: 'days' })

/** Every so many hours from midnight on. */
export const every = (
  hours: 1 | 2 | 12 | 24,
  retention: Retention,
  name = `every ${hours}`,
): Schedule => ({
  name,
  times: { kind: 'interval', hours, at: '00:00' },
  retention,
  copiesTags: false,
  tags: [],
})

export const at = (expression: string, retention: Retention, name = 'cron'): Schedule => ({
  ...every(1, retention, name),
  times: { kind: 'cron', expression },
})

export const wish = (...schedules: Schedule[]) => ({
  description: 'daily',
  targetTags: [{ key: 'Backup', value: 'yes' }],
  schedules,
})

/** One that is switched on. */
export async function policyOf(scene: Scene, ...schedules: Schedule[]): Promise<PolicyId> {
  const { policyId } = await scene.engine.createPolicy(wish(...schedules))
  await switchOn(scene, policyId)
  return policyId
}

export async function switchOn(scene: Scene, policyId: PolicyId): Promise<void> {
  const { revision } = await scene.engine.previewPolicy({ policyId, days: 1 })
  await scene.engine.enablePolicy({ policyId, revision })
}

/** Lets time pass until then, and does what is due. */
export async function runAt(scene: Scene, ms: number): Promise<PolicyRun[]> {
  scene.nowMs = ms
  return (await scene.result('policies', scene.engine.runPolicies())).runs
}

/** Names, oldest first. */
export const names = async (scene: Scene): Promise<string[]> =>
  (await scene.view()).snapshots.map(({ name }) => name)

export const titles = async (scene: Scene): Promise<string[]> =>
  (await scene.engine.listHistory()).map(({ title }) => title)

/** The value of a tag that a policy gave. */
export const tagOf = async (scene: Scene, id: SnapshotId, key: string) =>
  (await scene.snapshotOf(id)).tags.find((tag) => tag.key === key)?.value
