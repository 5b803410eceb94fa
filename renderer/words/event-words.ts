import type { FastRestoreState } from '../../core/contract/fast-restore.ts'
import {
  causeOf,
  type EventDetail,
  type EventResult,
  type EventType,
  resultOf,
  type WorldEvent,
} from '../../core/contract/world-events.ts'
import { joinNames } from './names.ts'
import { formatInstant } from './time-format.ts'

/** What events are about, by the ids in their ARNs. */
export type EventNames = (id: string) => string

export const TYPE_WORDS: Readonly<Record<EventType, string>> = {
  createSnapshot: 'Snapshots taken',
  createSnapshots: 'Snapshots taken together',
  copySnapshot: 'Snapshots copied',
  copyMissedCompletionDuration: 'Copies late',
  archiveSnapshot: 'Archived',
  permanentRestoreSnapshot: 'Restored for good',
  temporaryRestoreSnapshot: 'Restored for some days',
  restoreExpiry: 'Days of a restore over',
  recycleBinExitTime: 'Left the Recycle Bin',
  shareSnapshot: 'Snapshots shared with you',
  createVolume: 'Volumes made',
  deleteVolume: 'Volumes removed',
  attachVolume: 'Volumes not attached',
  reattachVolume: 'Volumes not attached again',
  modifyVolume: 'Volumes grown',
  fastSnapshotRestore: 'Fast restore',
  policyStateChange: 'Policies with problems',
}

const FAST_RESTORE_WORDS: Readonly<Record<FastRestoreState, string>> = {
  enabling: 'is being switched on',
  optimizing: 'is being optimized',
  enabled: 'is on',
  disabling: 'is being switched off',
  disabled: 'is off',
}

export const RESULT_WORDS: Readonly<Record<EventResult, string>> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  available: 'Available',
  deleted: 'Deleted',
  optimizing: 'Optimizing',
  completed: 'Completed',
}

/** How it ended; what has not ended goes on. */
export function resultWords(detail: EventDetail): string {
  const result = resultOf(detail)
  if ('policy_id' in detail) return 'Problem'
  if (!('event' in detail)) return 'New state'
  return result === '' ? 'Going on' : RESULT_WORDS[result]
}

/** What happened, as a sentence; the time is told beside it. */
export function eventSentence(event: WorldEvent, nameOf: EventNames): string {
  const { detail, resources, region } = event
  const about = nameOf(idOf(resources[0] ?? ''))
  const cause = causeOf(detail)
  const because = cause === '' ? '' : ` ${cause}`
  if ('policy_id' in detail) return `A life-cycle policy met a problem.${because}`
  if (!('event' in detail)) return `Fast restore of ${about} ${FAST_RESTORE_WORDS[detail.state]}.`
  switch (detail.event) {
    case 'createSnapshot': {
      const subject = `Snapshot ${about} of ${nameOf(idOf(detail.source))}`
      return detail.result === 'succeeded'
        ? `${subject} was taken.`
        : `${subject} could not be taken.${because}`
    }
    case 'createSnapshots': {
      const all = joinNames(resources.map((arn) => nameOf(idOf(arn))))
      return detail.result === 'succeeded'
        ? `${all} were taken together.`
        : `${all} could not be taken together.${because}`
    }
    case 'copySnapshot': {
      const source = nameOf(idOf(detail.source))
      if (detail.result === 'failed') return `${source} could not be copied.${because}`
      const as = about === source ? '' : ` as ${about}`
      const moved = detail.incremental === 'true' ? 'only what was not there yet' : 'all of it'
      return `${source} was copied to ${region}${as}: ${moved}.`
    }
    case 'copyMissedCompletionDuration':
      return `The copy of ${nameOf(idOf(detail.source))} to ${region} is late, and goes on.${because}`
    case 'archiveSnapshot':
      return detail.result === 'succeeded'
        ? `${about} was archived.`
        : `${about} could not be archived.${because}`
    case 'permanentRestoreSnapshot':
    case 'temporaryRestoreSnapshot':
      return detail.result === 'succeeded'
        ? `${about} was restored from the archive${restoredFor(detail)}.`
        : `${about} could not be restored from the archive.${because}`
    case 'restoreExpiry':
      return `${about} lies in the archive alone again.`
    case 'recycleBinExitTime':
      return `The time of ${about} in the Recycle Bin was over: it is deleted.`
    case 'shareSnapshot':
      return `Account ${detail.source} shares ${about} with you.`
    case 'createVolume':
      return detail.result === 'available'
        ? `Volume ${about} can be used.`
        : `Volume ${about} could not be made.${because}`
    case 'deleteVolume':
      return `Volume ${about} was removed.`
    case 'attachVolume':
      return `Volume ${about} could not be attached.${because}`
    case 'reattachVolume':
      return `Volume ${about} could not be used on its instance again.${because}`
    case 'modifyVolume':
      return detail.result === 'optimizing'
        ? `Volume ${about} grows.`
        : `Volume ${about} has its new size.`
  }
}

/** For how long the standard tier has it, too. */
function restoredFor(detail: Extract<EventDetail, { event: string }>): string {
  if (detail.event !== 'temporaryRestoreSnapshot') return ' for good'
  const { restoreExpiryTime } = detail
  if (restoreExpiryTime === undefined) return ' for some days'
  return ` until ${formatInstant(Date.parse(restoreExpiryTime))}`
}

/** What an ARN is about: it ends in the id. */
export function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** The notification as EventBridge would deliver it, for reading and copying. */
export function eventJson(event: WorldEvent): string {
  return JSON.stringify(event, null, 2)
}
