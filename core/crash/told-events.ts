import type { Snapshot, Volume } from '../contract/model.ts'
import {
  type EventResult,
  type EventType,
  resultOf,
  typeOf,
  type WorldEvent,
} from '../contract/world-events.ts'
import type { Engine } from '../engine/engine.ts'
import type { Lab } from './lab.ts'

/**
 * Compares the event log with what is there: each thing has the events of its life once, and no
 * event tells of a thing that never was.
 *
 * @param mayBeGone names of snapshots that were to be deleted: EBS tells nothing of that
 */
export async function untrueEvents(
  engine: Engine,
  lab: Lab,
  mayBeGone: readonly string[],
): Promise<string[]> {
  const { snapshots, volumes } = await engine.describeLibrary()
  const log = new Log(await engine.listEvents({}))
  const doomed = mayBeGone.map((name) => lab.snapshots.get(name) as string)
  return [
    ...snapshots.flatMap((snapshot) => lifeOfSnapshot(log, snapshot)),
    ...volumes.flatMap((volume) => lifeOfVolume(log, volume)),
    ...invented(log, snapshots, volumes, doomed),
  ]
}

/** How often what was told of which thing. */
class Log {
  readonly #counts = new Map<string, number>()

  constructor(events: readonly WorldEvent[]) {
    for (const { detail, resources } of events) {
      const key = keyOf(typeOf(detail), resultOf(detail), resources[0]!.split('/')[1]!)
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
    }
  }

  count(event: EventType, result: EventResult, id: string): number {
    return this.#counts.get(keyOf(event, result, id)) ?? 0
  }

  /** The ids of the things that this was told of. */
  told(event: EventType, result: EventResult): string[] {
    const prefix = keyOf(event, result, '')
    return [...this.#counts.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
  }
}

const keyOf = (event: string, result: string, id: string) => `${event} ${result} ${id}`

function lifeOfSnapshot(log: Log, snapshot: Snapshot): string[] {
  const { snapshotId, name, copiedFrom, state } = snapshot
  const event = copiedFrom === null ? 'createSnapshot' : 'copySnapshot'
  const made = log.count(event, 'succeeded', snapshotId)
  const failed = log.count(event, 'failed', snapshotId)
  const hasFailed = Number(state === 'error')
  if (made === 1 - hasFailed && failed === hasFailed) return []
  return [`the log tells ${made} times that “${name}” was made, ${failed} times that it failed`]
}

function lifeOfVolume(log: Log, { volumeId, name, isRemoved }: Volume): string[] {
  const made = log.count('createVolume', 'available', volumeId)
  const deleted = log.count('deleteVolume', 'deleted', volumeId)
  if (made === 1 && deleted === Number(isRemoved)) return []
  return [`the log tells ${made} times that “${name}” was made, ${deleted} times that it went`]
}

function invented(
  log: Log,
  snapshots: readonly Snapshot[],
  volumes: readonly Volume[],
  doomed: readonly string[],
): string[] {
  const made = (['createSnapshot', 'copySnapshot'] as const).flatMap((event) =>
    log.told(event, 'succeeded'),
  )
  const known = new Set<string>([...snapshots.map(({ snapshotId }) => snapshotId), ...doomed])
  const present = new Set<string>(volumes.map(({ volumeId }) => volumeId))
  return [
    ...made.filter((id) => !known.has(id)),
    ...log
      .told('createVolume', 'available')
      .filter((id) => !present.has(id) && log.count('deleteVolume', 'deleted', id) !== 1),
  ].map((id) => `the log tells of ${id}, which never was`)
}
