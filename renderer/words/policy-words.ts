import type { LibraryView } from '../../core/contract/model.ts'
import {
  POLICY_TAGS,
  type Policy,
  type PolicyPreview,
  type PreviewStep,
  type Retention,
  type Schedule,
  type ScheduleTimes,
} from '../../core/contract/policy.ts'
import type { Tag } from '../../core/contract/tags.ts'
import { formatBytes } from './byte-format.ts'
import { count, joinNames } from './names.ts'
import { cronParts, MONTHS, ordinal, WEEKDAYS } from './schedule-draft.ts'
import { formatInstant } from './time-format.ts'

/** "Every day at 03:00, the newest 7 stay". */
export function scheduleWords({ times, retention }: Schedule): string {
  return `${timesWords(times)}, ${retentionWords(retention)}`
}

export function timesWords(times: ScheduleTimes): string {
  if (times.kind === 'interval') {
    if (times.hours === 24) return `Every day at ${times.at}`
    return times.hours === 1
      ? `Every hour from ${times.at} on`
      : `Every ${times.hours} hours from ${times.at} on`
  }
  const parts = cronParts(times.expression)
  if (parts === null) return times.expression
  const { at, weekday, day, month } = parts
  if (weekday !== null) return `Every ${WEEKDAYS[weekday]} at ${at}`
  if (month === null) return `Every ${ordinal(day!)} of the month at ${at}`
  return `Every ${ordinal(day!)} of ${MONTHS[month - 1]} at ${at}`
}

export function retentionWords(retention: Retention): string {
  if (retention.kind === 'count') {
    return retention.count === 1 ? 'the newest stays' : `the newest ${retention.count} stay`
  }
  return `each stays ${count(retention.length, retention.unit.slice(0, -1))}`
}

/** "Runs 23 Nov, 03:00"; or why not. */
export function nextRunWords({ state, nextRunAt }: Policy): string {
  if (state === 'disabled') return 'Off'
  return nextRunAt === null ? 'Will not run again' : `Next run ${formatInstant(nextRunAt)}`
}

export function targetWords(tags: readonly Tag[]): string {
  return tags.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)).join(' or ')
}

/** The volumes that a policy would take snapshots of now. */
export function targetNames(
  { volumes, accounts }: LibraryView,
  region: string,
  tags: readonly Tag[],
): string[] {
  const owner = accounts.find(({ isCurrent }) => isCurrent)?.accountId
  return volumes
    .filter((volume) => volume.ownerId === owner && volume.region === region)
    .filter(({ isRemoved, isToBeRemoved }) => !isRemoved && !isToBeRemoved)
    .filter((volume) => tags.some((tag) => hasTag(volume.tags, tag)))
    .map(({ name }) => name)
}

/** The policy and the schedule that a snapshot was taken by; null: by nobody's. */
export function takenBy(
  tags: readonly Tag[],
  policies: readonly Policy[],
): { policy: string; schedule: string; isManaged: boolean } | null {
  const valueUnder = (key: string) => tags.find((tag) => tag.key === key)?.value
  const policyId = valueUnder(POLICY_TAGS.policyId)
  if (policyId === undefined) return null
  const policy = policies.find((each) => each.policyId === policyId)
  return {
    policy: policy?.description ?? 'one that was removed',
    schedule: valueUnder(POLICY_TAGS.scheduleName) ?? '',
    isManaged: policy !== undefined && valueUnder(POLICY_TAGS.isManaged) !== undefined,
  }
}

/** What a policy will do, in a sentence. */
export function previewWords(preview: PolicyPreview): string {
  const { takenCount, deletedCount, volumeIds } = preview
  if (volumeIds.length === 0 && deletedCount === 0) return 'No volume has one of its tags now.'
  const more = preview.isCut ? 'at least ' : ''
  return `It takes ${more}${count(takenCount, 'snapshot')} of ${count(volumeIds.length, 'volume')} and deletes ${deletedCount === 0 ? 'none' : deletedCount.toLocaleString('en-GB')}.`
}

/** What becomes of the snapshots that are there, up to its first run and with it. */
export function firstDeletionWords(preview: PolicyPreview, names: string): string {
  const { firstDeletion: plan, isFirstDeletionKnown } = preview
  if (plan === null) return 'Of what is there now, its first run deletes nothing.'
  const goes = `Of what is there now, its first run deletes ${names}`
  if (!isFirstDeletionKnown) return `${goes}: what comes back depends on what is taken then.`
  const later = plan.releasedBytes - plan.releasedNowBytes
  const bin = later > 0 ? `, ${formatBytes(later)} of it when the Recycle Bin lets go` : ''
  return `${goes}: ${formatBytes(plan.releasedBytes)} ${plan.releasedBytes === 1 ? 'comes' : 'come'} back${bin}.`
}

/** What a step deletes: names of what is there, a number of what is to come. */
export function deletedWords({ deleted }: PreviewStep, nameOf: (id: string) => string): string {
  const names = deleted.flatMap(({ snapshotId }) => (snapshotId === null ? [] : nameOf(snapshotId)))
  const toCome = deleted.length - names.length
  const named = names.length === 0 ? [] : [joinNames(names)]
  return [...named, ...(toCome === 0 ? [] : [`${toCome} taken meanwhile`])].join(', ')
}

/** null: it cannot be told. */
export function returnedWords({ deleted, releasedBytes }: PreviewStep): string {
  if (deleted.length === 0) return ''
  return releasedBytes === null ? 'depends' : formatBytes(releasedBytes)
}

function hasTag(own: readonly Tag[], { key, value }: Tag): boolean {
  return own.some((tag) => tag.key === key && tag.value === value)
}
