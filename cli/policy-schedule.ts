import { InvalidArgumentError } from 'commander'
import { AgeUnit, type Retention, type Schedule, ScheduleTimes } from '../core/contract/policy.ts'

/** `daily: every 24h at 03:00, keep 7` or `weekly: cron(0 3 ? * MON *), keep 12 weeks`. */
const WRITTEN = /^([^:]+):\s*(.+),\s*keep\s+(\d{1,9})(?:\s+([a-z]+))?$/
const INTERVAL = /^every\s+(\d{1,2})\s*h(?:\s+at\s+(\S+))?$/

/** A schedule as it is written; whose tags it gives is said apart. */
export type WrittenSchedule = Pick<Schedule, 'name' | 'times' | 'retention'>

/** Reads an option that is a schedule and can be repeated. */
export function schedules(
  text: string,
  before: readonly WrittenSchedule[] = [],
): WrittenSchedule[] {
  const [, name, times, length, unit] = WRITTEN.exec(text.trim()) ?? []
  if (name === undefined) {
    throw new InvalidArgumentError(
      'A schedule is written "NAME: every 24h at 03:00, keep 7" or "NAME: cron(...), keep 12 weeks".',
    )
  }
  const retention = retentionOf(Number(length), unit)
  return [...before, { name: name.trim(), times: timesOf(times!.trim()), retention }]
}

function timesOf(text: string): ScheduleTimes {
  const [, hours, at = '00:00'] = INTERVAL.exec(text) ?? []
  const parsed = ScheduleTimes.safeParse(
    hours === undefined
      ? { kind: 'cron', expression: text }
      : { kind: 'interval', hours: Number(hours), at },
  )
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError(
    'It is every 1, 2, 3, 4, 6, 8, 12 or 24 hours, from a time that is written HH:MM in UTC.',
  )
}

function retentionOf(length: number, unit: string | undefined): Retention {
  if (unit === undefined) return { kind: 'count', count: length }
  const known = AgeUnit.safeParse(unit.endsWith('s') ? unit : `${unit}s`)
  if (known.success) return { kind: 'age', length, unit: known.data }
  throw new InvalidArgumentError('Snapshots are kept for days, weeks, months or years.')
}

/** For programs. */
export function scheduleJson({ name, times, retention, copiesTags, tags }: Schedule) {
  const isInterval = times.kind === 'interval'
  const isCount = retention.kind === 'count'
  return {
    name,
    everyHours: isInterval ? times.hours : null,
    startsAt: isInterval ? times.at : null,
    cron: isInterval ? null : times.expression,
    keepCount: isCount ? retention.count : null,
    keepLength: isCount ? null : retention.length,
    keepUnit: isCount ? null : retention.unit,
    copiesTags,
    tags,
  }
}
