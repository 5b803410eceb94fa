import { cronProblem } from '../contract/cron.ts'
import { StrataError } from '../contract/errors.ts'
import {
  type AgeUnit,
  MAX_KEPT_COUNT,
  MAX_POLICY_TEXT_LENGTH,
  MAX_SCHEDULE_NAME_LENGTH,
  MAX_SCHEDULE_TAGS,
  MAX_SCHEDULES,
  MAX_TARGET_TAGS,
  type PolicyWish,
  type Retention,
  type Schedule,
} from '../contract/policy.ts'
import { printable, show } from '../contract/show.ts'
import { withTags } from '../engine/tags.ts'

/** A hundred years. */
const MAX_AGES: Readonly<Record<AgeUnit, number>> = {
  days: 36_500,
  weeks: 5_200,
  months: 1_200,
  years: 100,
}

/**
 * A wish as it is kept: texts trimmed.
 *
 * @throws StrataError POLICY_REFUSED, InvalidTagKey.Malformed, TAG_VALUE_REFUSED, TagLimitExceeded
 */
export function checkPolicy({ description, targetTags, schedules }: PolicyWish): PolicyWish {
  const wish = {
    description: description.trim(),
    targetTags,
    schedules: schedules.map((schedule) => ({ ...schedule, name: schedule.name.trim() })),
  }
  const problem = problemOf(wish)
  if (problem !== undefined) throw new StrataError('POLICY_REFUSED', { problem })
  for (const { tags } of wish.schedules) withTags([], tags)
  return wish
}

function problemOf({ description, targetTags, schedules }: PolicyWish): string | undefined {
  const text = textProblem('its description', description, MAX_POLICY_TEXT_LENGTH)
  if (text !== undefined) return text
  if (targetTags.length < 1 || targetTags.length > MAX_TARGET_TAGS) {
    return `it names 1 to ${MAX_TARGET_TAGS} tags of volumes, not ${targetTags.length}`
  }
  if (schedules.length < 1 || schedules.length > MAX_SCHEDULES) {
    return `it has 1 to ${MAX_SCHEDULES} schedules, not ${schedules.length}`
  }
  const names = schedules.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) return `two schedules are called ${show(twice)}`
  if (new Set(schedules.map(({ retention }) => retention.kind)).size > 1) {
    return 'all of its schedules keep by count, or all by age'
  }
  return schedules.map(scheduleProblem).find((problem) => problem !== undefined)
}

function scheduleProblem({ name, times, retention, tags }: Schedule): string | undefined {
  const text = textProblem('the name of a schedule', name, MAX_SCHEDULE_NAME_LENGTH)
  if (text !== undefined) return text
  const about = `schedule ${show(name)}`
  if (tags.length > MAX_SCHEDULE_TAGS) return `${about} gives more than ${MAX_SCHEDULE_TAGS} tags`
  if (times.kind === 'cron') {
    const problem = cronProblem(times.expression)
    if (problem !== null) {
      return `${about} has the expression ${show(times.expression)}, and ${problem}`
    }
  }
  const kept = retentionProblem(retention)
  return kept === undefined ? undefined : `${about} ${kept}`
}

function retentionProblem(retention: Retention): string | undefined {
  if (retention.kind === 'count') {
    const { count } = retention
    if (count >= 1 && count <= MAX_KEPT_COUNT) return undefined
    return `keeps 1 to ${MAX_KEPT_COUNT.toLocaleString('en')} snapshots, not ${count}`
  }
  const { length, unit } = retention
  if (length >= 1 && length <= MAX_AGES[unit]) return undefined
  return `keeps snapshots for 1 to ${MAX_AGES[unit].toLocaleString('en')} ${unit}, not ${length}`
}

function textProblem(what: string, text: string, most: number): string | undefined {
  if (text === '') return `${what} is empty`
  if (text.length > most) return `${what} has more than ${most} characters`
  return printable(text) === text ? undefined : `${what} has characters that cannot be shown`
}
