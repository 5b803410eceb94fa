import { z } from 'zod'
import { AccountId } from './account.ts'
import { FastRestoreState } from './fast-restore.ts'
import { RegionName, SnapshotId } from './ids.ts'

/*
 * What EBS tells EventBridge, field by field and letter by letter, so that a program written for
 * one reads the other. Its ARNs of snapshots have the region where others have the account.
 */

const SnapshotArn = z.string().regex(/^arn:aws:ec2::[a-z0-9-]*:snapshot\/snap-[0-9a-f]{17}$/)
const PolicyArn = z.string().regex(/^arn:aws:dlm:[a-z0-9-]+:\d{12}:policy\/policy-[0-9a-f]{17}$/)
const KeyArn = z.string().regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/key-[0-9a-f]{17}$/)
const VolumeArn = z.string().regex(/^arn:aws:ec2:[a-z0-9-]+:\d{12}:volume\/vol-[0-9a-f]{17}$/)

/** Seconds are enough for the notification itself, the times in `detail` have milliseconds. */
const time = z.iso.datetime()

/** `createSnapshot` and so on: what events are filtered by. The last is Strata's word. */
export const EventType = z.enum([
  'createSnapshot',
  'createSnapshots',
  'copySnapshot',
  'copyMissedCompletionDuration',
  'archiveSnapshot',
  'permanentRestoreSnapshot',
  'temporaryRestoreSnapshot',
  'restoreExpiry',
  'recycleBinExitTime',
  'shareSnapshot',
  'createVolume',
  'deleteVolume',
  'attachVolume',
  'reattachVolume',
  'modifyVolume',
  'fastSnapshotRestore',
  'policyStateChange',
])
export type EventType = z.infer<typeof EventType>

/** A volume that can be used is `available`; one that grew is first `optimizing`. */
export const EventResult = z.enum([
  'succeeded',
  'failed',
  'available',
  'deleted',
  'optimizing',
  'completed',
])
export type EventResult = z.infer<typeof EventResult>

/** As in EBS, snapshots and copies do not say which request they come of. */
const reason = {
  /** Why it failed; else empty. */
  cause: z.string(),
  'request-id': z.literal(''),
}

/** Empty for what nobody asked for, and for what was told before requests had ids. */
const requested = { 'request-id': z.union([z.uuid(), z.literal('')]) }

const ofSnapshot = {
  result: EventResult.extract(['succeeded', 'failed']),
  ...reason,
  snapshot_id: SnapshotArn,
  startTime: time,
  endTime: time,
}

const CreateSnapshotDetail = z.strictObject({
  event: EventType.extract(['createSnapshot']),
  ...ofSnapshot,
  source: VolumeArn,
})

/** Snapshots that were taken together: all of them came to exist, or none did. */
const CreateSnapshotsDetail = z.strictObject({
  event: EventType.extract(['createSnapshots']),
  result: EventResult.extract(['succeeded', 'failed']),
  ...reason,
  startTime: time,
  endTime: time,
  snapshots: z
    .array(
      z.strictObject({
        snapshot_id: SnapshotArn,
        source: VolumeArn,
        status: z.enum(['completed', 'error']),
      }),
    )
    .min(1),
})

const CopySnapshotDetail = z.strictObject({
  event: EventType.extract(['copySnapshot']),
  ...ofSnapshot,
  source: SnapshotArn,
  /** Whether it was laid over an earlier copy, or over the source itself; absent when it failed. */
  incremental: z.enum(['true', 'false']).optional(),
  transferType: z.enum(['standard', 'time-based']),
  /** Of a time-based copy: since when its minutes count. */
  completionDurationStartTime: time.optional(),
  /** Of a time-based copy that succeeded: whether it was there in time. */
  metCompletionDuration: z.enum(['true', 'false']).optional(),
})

/** A time-based copy is late. It goes on all the same, so nothing has ended. */
const CopyMissedCompletionDurationDetail = z.strictObject({
  event: EventType.extract(['copyMissedCompletionDuration']),
  ...reason,
  snapshot_id: SnapshotArn,
  source: SnapshotArn,
  startTime: time,
  transferType: z.literal('time-based'),
  completionDurationStartTime: time,
})

/** A snapshot went to another storage tier, or did not. */
const TieringDetail = z.strictObject({
  event: EventType.extract(['archiveSnapshot', 'permanentRestoreSnapshot', 'restoreExpiry']),
  ...ofSnapshot,
  ...requested,
})

/** Out of the archive for some days. */
const TemporaryRestoreDetail = z.strictObject({
  event: EventType.extract(['temporaryRestoreSnapshot']),
  ...ofSnapshot,
  ...requested,
  /** When only the archive has it again; absent when it failed. */
  restoreExpiryTime: time.optional(),
})

/** It was in the Recycle Bin from its start to its end, and is deleted now. */
const RecycleBinExitDetail = z.strictObject({
  event: EventType.extract(['recycleBinExitTime']),
  ...ofSnapshot,
})

/** Sharing does not fail: what is refused is told to whoever asks. */
const ShareSnapshotDetail = z.strictObject({
  event: EventType.extract(['shareSnapshot']),
  ...ofSnapshot,
  result: EventResult.extract(['succeeded']),
  /** Who shares it: no ARN. */
  source: AccountId,
})

const CreateVolumeDetail = z.strictObject({
  event: EventType.extract(['createVolume']),
  result: EventResult.extract(['available', 'failed']),
  ...reason,
  ...requested,
})

const DeleteVolumeDetail = z.strictObject({
  event: EventType.extract(['deleteVolume']),
  result: EventResult.extract(['deleted']),
  ...reason,
  ...requested,
})

/** EBS tells of attaching only where it failed, and then not of which request. */
const AttachVolumeDetail = z.strictObject({
  event: EventType.extract(['attachVolume', 'reattachVolume']),
  result: EventResult.extract(['failed']),
  ...reason,
})

const ModifyVolumeDetail = z.strictObject({
  event: EventType.extract(['modifyVolume']),
  result: EventResult.extract(['optimizing', 'completed']),
  ...reason,
  ...requested,
})

/** Fast snapshot restore came to another state. EBS gives this one no name. */
const FastRestoreDetail = z.strictObject({
  'snapshot-id': SnapshotId,
  state: FastRestoreState,
  zone: z.string(),
  message: z.string(),
})

/** A life-cycle policy met a problem. EBS gives this one no name either. */
const PolicyStateDetail = z.strictObject({
  state: z.literal('ERROR'),
  cause: z.string(),
  policy_id: PolicyArn,
})

const NamedDetail = z.discriminatedUnion('event', [
  CreateSnapshotDetail,
  CreateSnapshotsDetail,
  CopySnapshotDetail,
  CopyMissedCompletionDurationDetail,
  TieringDetail,
  TemporaryRestoreDetail,
  RecycleBinExitDetail,
  ShareSnapshotDetail,
  CreateVolumeDetail,
  DeleteVolumeDetail,
  AttachVolumeDetail,
  ModifyVolumeDetail,
])
export const EventDetail = z.union([NamedDetail, FastRestoreDetail, PolicyStateDetail])
export type EventDetail = z.infer<typeof EventDetail>

export function typeOf(detail: EventDetail): EventType {
  if ('event' in detail) return detail.event
  return 'policy_id' in detail ? 'policyStateChange' : 'fastSnapshotRestore'
}

/** Why it failed; empty where it did not. */
export function causeOf(detail: EventDetail): string {
  return 'cause' in detail ? detail.cause : ''
}

/** Empty for what tells of no end. */
export function resultOf(detail: EventDetail): EventResult | '' {
  return 'result' in detail ? detail.result : ''
}

export const WorldEvent = z.strictObject({
  version: z.literal('0'),
  id: z.uuid(),
  'detail-type': z.enum([
    'EBS Snapshot Notification',
    'EBS Multi-Volume Snapshots Completion Status',
    'EBS Volume Notification',
    'EBS Fast Snapshot Restore State-change Notification',
    'DLM Policy State Change',
  ]),
  source: z.enum(['aws.ec2', 'aws.dlm']),
  account: AccountId,
  time,
  region: RegionName,
  /** ARNs of what it is about; of what was not attached, then that of the key that kept it from it. */
  resources: z.array(z.union([SnapshotArn, VolumeArn, KeyArn, PolicyArn])).min(1),
  detail: EventDetail,
})
export type WorldEvent = z.infer<typeof WorldEvent>
