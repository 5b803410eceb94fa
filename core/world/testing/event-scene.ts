import type { EventQuery } from '../../contract/event-query.ts'
import { RegionName, type SnapshotId } from '../../contract/ids.ts'
import { resultOf, typeOf, type WorldEvent } from '../../contract/world-events.ts'
import { noises, Scene } from '../../engine/testing/scene.ts'

export const FAR = RegionName.parse('eu-west-1')

/** A linked volume of two blocks with one snapshot, and a second region. */
export async function oneSnapshot() {
  const scene = await Scene.begin()
  await scene.engine.addRegion({ name: FAR })
  const volumeId = await scene.linked(scene.image(noises(1, 2)))
  const snapshotId = await scene.snapshot(volumeId)
  return { scene, volumeId, snapshotId }
}

/** A finished copy to the second region. */
export const copy = (scene: Scene, snapshotId: SnapshotId) =>
  scene.result('copy', scene.engine.copySnapshot({ snapshotId, region: FAR }))

export const listed = (scene: Scene, query: EventQuery = {}) => scene.engine.listEvents(query)

/** What was told while it happened. */
export const told = (scene: Scene): WorldEvent[] =>
  scene.events.flatMap((event) => (event.kind === 'worldEvent' ? [event.event] : []))

export const summary = (events: readonly WorldEvent[]) =>
  events.map(({ detail }) => `${typeOf(detail)} ${resultOf(detail)}`)

/** The ids at the end of ARNs. */
export const subjects = (events: readonly WorldEvent[]) =>
  events.map(({ resources }) => resources[0]!.split('/')[1])

export const iso = (ms: number) => new Date(ms).toISOString()
