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

function ofVolume(volume: NewVolume, at: number, detail: EventDetail): WorldEvent {
  return notification('EBS Volume Notification', volume, [volumeArn(volume)], at, detail)
}
