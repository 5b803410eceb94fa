import type { FastRestoreRow } from '../catalog/fast-restores.ts'
import type { WorldEvent } from '../contract/world-events.ts'
import { notification, snapshotArn } from '../engine/notification.ts'
import { zoneOf } from './fast-restore-states.ts'

/** It came to another state. @param at when, in milliseconds since 1970, UTC */
export function fastRestoreChanged(row: FastRestoreRow, at: number): WorldEvent {
  const { snapshotId, account, region, state, reason } = row
  return notification(
    'EBS Fast Snapshot Restore State-change Notification',
    { ownerId: account, region },
    [snapshotArn({ id: snapshotId, region })],
    at,
    { 'snapshot-id': snapshotId, state, zone: zoneOf(region), message: reason },
  )
}
