import { OWNER_ACCOUNT } from '../../core/contract/account.ts'
import { WorldEvent } from '../../core/contract/world-events.ts'
import { id, volumeId } from './library-example.ts'

/** Events about the chain A, B, C, for the tests of the window. `number` makes them different. */

const snapshotArn = `arn:aws:ec2::local:snapshot/${id('b')}`
const volumeArn = `arn:aws:ec2:local:${OWNER_ACCOUNT}:volume/${volumeId}`
const START = Date.UTC(2026, 2, 3, 10)

const at = (number: number) => new Date(START + number * 1_000).toISOString()

const common = (number: number) => ({
  version: '0',
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  source: 'aws.ec2',
  account: OWNER_ACCOUNT,
  time: at(number),
  region: 'local',
})

export const takenEvent = (number: number): WorldEvent =>
  WorldEvent.parse({
    ...common(number),
    'detail-type': 'EBS Snapshot Notification',
    resources: [snapshotArn],
    detail: {
      event: 'createSnapshot',
      result: 'succeeded',
      cause: '',
      'request-id': '',
      snapshot_id: snapshotArn,
      source: volumeArn,
      startTime: at(number),
      endTime: at(number),
    },
  })

export const failedCopy = (number: number): WorldEvent =>
  WorldEvent.parse({
    ...common(number),
    'detail-type': 'EBS Snapshot Notification',
    resources: [snapshotArn],
    detail: {
      event: 'copySnapshot',
      result: 'failed',
      cause: 'The disk is full.',
      'request-id': '',
      snapshot_id: snapshotArn,
      source: snapshotArn,
      startTime: at(number),
      endTime: at(number),
      transferType: 'standard',
    },
  })

/** @param expiresAt null: it was restored for good */
export const restored = (number: number, expiresAt: number | null): WorldEvent =>
  WorldEvent.parse({
    ...common(number),
    'detail-type': 'EBS Snapshot Notification',
    resources: [snapshotArn],
    detail: {
      event: expiresAt === null ? 'permanentRestoreSnapshot' : 'temporaryRestoreSnapshot',
      result: 'succeeded',
      cause: '',
      'request-id': '',
      snapshot_id: snapshotArn,
      startTime: at(number),
      endTime: at(number),
      ...(expiresAt === null ? {} : { restoreExpiryTime: new Date(expiresAt).toISOString() }),
    },
  })

export const volumeMade = (number: number): WorldEvent =>
  WorldEvent.parse({
    ...common(number),
    'detail-type': 'EBS Volume Notification',
    resources: [volumeArn],
    detail: { event: 'createVolume', result: 'available', cause: '', 'request-id': '' },
  })
