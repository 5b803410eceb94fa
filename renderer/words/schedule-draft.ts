import { cronProblem } from '../../core/contract/cron.ts'
import {
  type AgeUnit,
  INTERVAL_HOURS,
  MAX_KEPT_COUNT,
  type Retention,
  type Schedule,
  ScheduleTimes,
} from '../../core/contract/policy.ts'
import type { Tag } from '../../core/contract/tags.ts'
import { wholeNumber } from './whole-number.ts'

export const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
export const MONTHS =
  'January February March April May June July August September October November December'.split(' ')
export const FREQUENCIES = [
  { value: 'hours', label: 'Every few hours or daily' },
  { value: 'weekly', label: 'Weekly' },
  { value: 'monthly', label: 'Monthly' },
  { value: 'yearly', label: 'Yearly' },
  { value: 'cron', label: 'Cron expression' },
] as const
export type Frequency = (typeof FREQUENCIES)[number]['value']

/** The most that a policy keeps, in each unit. */
const MOST: Readonly<Record<AgeUnit | 'count', number>> = {
  count: MAX_KEPT_COUNT,
  days: 36_500,
  weeks: 5_200,
  months: 1_200,
  years: 100,
}

/** A schedule while it is typed. */
export type ScheduleDraft = {
  /** Tells it from the others while names change. */
  id: number
  name: string
  frequency: Frequency
  hours: number
  at: string
  /** 0: Sunday. */
  weekday: number
  day: number
  /** 1: January. */
  month: number
  cron: string
  kept: string
  unit: AgeUnit
  /** What it was before it was typed in; null: it is new. */
  before: Schedule | null
}

export type CronParts = {
  at: string
  weekday: number | null
  day: number | null
  month: number | null
}

export function newDraft(id: number): ScheduleDraft {
  return {
    id,
    name: id === 0 ? 'daily' : `schedule ${id + 1}`,
    frequency: 'hours',
    hours: 24,
    at: '03:00',
    weekday: 1,
    day: 1,
    month: 1,
    cron: 'cron(0 3 * * ? *)',
    kept: '7',
    unit: 'days',
    before: null,
  }
}

export function draftOf(before: Schedule, id: number): ScheduleDraft {
  const { name, times, retention } = before
  const draft = { ...newDraft(id), name, before }
  const kept =
    retention.kind === 'count'
      ? { kept: String(retention.count) }
      : { kept: String(retention.length), unit: retention.unit }
  if (times.kind === 'interval') {
    return { ...draft, ...kept, frequency: 'hours', hours: times.hours, at: times.at }
  }
  const parts = cronParts(times.expression)
  if (parts === null) return { ...draft, ...kept, frequency: 'cron', cron: times.expression }
  const { at, weekday, day, month } = parts
  if (weekday !== null) return { ...draft, ...kept, frequency: 'weekly', at, weekday }
  return month === null
    ? { ...draft, ...kept, frequency: 'monthly', at, day: day! }
    : { ...draft, ...kept, frequency: 'yearly', at, day: day!, month }
}

/** What was typed; null where it is no schedule yet. */
export function timesOf(draft: ScheduleDraft): ScheduleTimes | null {
  const { frequency, hours, at, weekday, day, month, cron } = draft
  if (frequency === 'cron') {
    return cronProblem(cron) === null ? { kind: 'cron', expression: cron.trim() } : null
  }
  const interval = ScheduleTimes.safeParse({ kind: 'interval', hours, at })
  if (!interval.success) return null
  if (frequency === 'hours') return interval.data
  const [hour, minute] = at.split(':').map(Number)
  const days = {
    weekly: `? * ${WEEKDAYS[weekday]!.slice(0, 3).toUpperCase()}`,
    monthly: `${day} * ?`,
    yearly: `${day} ${month} ?`,
  }[frequency]
  return { kind: 'cron', expression: `cron(${minute} ${hour} ${days} *)` }
}

/** What was typed; null where nothing can be kept so. */
export function retentionOf(
  { kept, unit }: ScheduleDraft,
  kind: Retention['kind'],
): Retention | null {
  const number = wholeNumber(kept, 1, MOST[kind === 'count' ? 'count' : unit])
  if (number === null) return null
  return kind === 'count' ? { kind, count: number } : { kind, length: number, unit }
}

/** What all schedules of a policy share while it is typed; null: not touched, each keeps its own. */
export type Given = {
  copiesTags: boolean | null
  tags: Tag[] | null
}

/** What was typed; null where it is no schedule yet. */
export function scheduleOf(
  draft: ScheduleDraft,
  kind: Retention['kind'],
  given: Given,
): Schedule | null {
  const name = draft.name.trim()
  const times = timesOf(draft)
  const retention = retentionOf(draft, kind)
  if (name === '' || times === null || retention === null) return null
  const copiesTags = given.copiesTags ?? draft.before?.copiesTags ?? false
  return { name, times, retention, copiesTags, tags: given.tags ?? draft.before?.tags ?? [] }
}

/** What is wrong with a typed expression; null: nothing. */
export function cronWords(expression: string): string | null {
  const problem = cronProblem(expression)
  return problem === null ? null : `${problem[0]!.toUpperCase()}${problem.slice(1)}.`
}

export function mostOf(unit: AgeUnit | 'count'): string {
  return MOST[unit].toLocaleString('en-GB')
}

export const HOUR_CHOICES = INTERVAL_HOURS.map((hours) => ({
  value: String(hours),
  label: hours === 24 ? 'Every day' : hours === 1 ? 'Every hour' : `Every ${hours} hours`,
}))

/** Of an expression for a time of the week, the month or the year; null for every other. */
export function cronParts(expression: string): CronParts | null {
  const found = /^cron\((\d{1,2}) (\d{1,2}) (\?|\d{1,2}) (\*|\d{1,2}) (\?|[A-Z]{3}) \*\)$/.exec(
    expression.trim(),
  )
  if (found === null) return null
  const [, minute, hour, day, month, weekday] = found
  const at = `${hour!.padStart(2, '0')}:${minute!.padStart(2, '0')}`
  if (day === '?') {
    const index = WEEKDAYS.findIndex((name) => name.slice(0, 3).toUpperCase() === weekday)
    return index === -1 || month !== '*' ? null : { at, weekday: index, day: null, month: null }
  }
  if (weekday !== '?') return null
  return { at, weekday: null, day: Number(day), month: month === '*' ? null : Number(month) }
}

/** "1st", "22nd". */
export function ordinal(day: number): string {
  const last = day % 10
  const isTeen = day > 10 && day < 14
  const ending = isTeen ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'
  return `${day}${ending}`
}
