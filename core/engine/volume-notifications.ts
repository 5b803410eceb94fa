import type { EventDetail, WorldEvent } from '../contract/world-events.ts'
import { type NewVolume, notification, volumeArn } from './notification.ts'

/*
 * Events of volumes as EBS words them. Instants are milliseconds since 1970, UTC. `requestId` is that
 * of the asker: volumes tell which request they come of.
 */

export function volumeCreated(volume: NewVolume, at: number, requestId: string): WorldEvent {
  const request = { cause: '', 'request-id': requestId }
  return ofVolume(volume, at, { event: 'createVolume', result: 'available', ...request })
}

export function volumeFailed(
  volume: NewVolume,
  at: number,
  requestId: string,
  cause: string,
): WorldEvent {
  const request = { cause, 'request-id': requestId }
  return ofVolume(volume, at, { event: 'createVolume', result: 'failed', ...request })
}

export function volumeDeleted(volume: NewVolume, at: number, requestId: string): WorldEvent {
  const request = { cause: '', 'request-id': requestId }
  return ofVolume(volume, at, { event: 'deleteVolume', result: 'deleted', ...request })
}

/** It cannot be attached, or not be used on its instance again: its key keeps it from that. */
export function volumeNotAttached(
  event: 'attachVolume' | 'reattachVolume',
  volume: NewVolume,
  keyArn: string,
  at: number,
  cause: string,
): WorldEvent {
  const detail = { event, result: 'failed' as const, cause, 'request-id': '' as const }
  const resources = [volumeArn(volume), keyArn]
  return notification('EBS Volume Notification', volume, resources, at, detail)
}

/** It grew. Nothing is moved for that, so both are told at once. */
export function volumeModified(volume: NewVolume, at: number, requestId: string): WorldEvent[] {
  const request = { cause: '', 'request-id': requestId }
  return (['optimizing', 'completed'] as const).map((result) =>
    ofVolume(volume, at, { event: 'modifyVolume', result, ...request }),
  )
}

function ofVolume(volume: NewVolume, at: number, detail: EventDetail): WorldEvent {
  return notification('EBS Volume Notification', volume, [volumeArn(volume)], at, detail)
}
