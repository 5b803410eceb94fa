import { cronAfter, parseCron } from '../contract/cron.ts'
import type { AgeUnit, Retention, Schedule, ScheduleTimes } from '../contract/policy.ts'

/* When schedules fire and what they take is too old. Times are milliseconds since 1970, UTC. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The first time after `ms`; null: it does not fire again. */
export function firesAfter(times: ScheduleTimes, ms: number): number | null {
  return firingsOf(times)(ms)
}

/** The same, for who asks often. */
export function firingsOf(times: ScheduleTimes): (ms: number) => number | null {
  if (times.kind === 'cron') {
    const cron = parseCron(times.expression)
    return (ms) => cronAfter(cron, ms)
  }
  const [hour, minute] = times.at.split(':').map(Number)
  const startMs = hour! * HOUR_MS + minute! * MINUTE_MS
  const everyMs = times.hours * HOUR_MS
  return (ms) => startMs + (Math.floor((ms - startMs) / everyMs) + 1) * everyMs
}

/** When what is taken at `ms` becomes too old; null where its age does not matter. */
export function expiryOf(retention: Retention, ms: number): number | null {
  return retention.kind === 'age' ? later(ms, retention.length, retention.unit) : null
}

/** Of schedules that fire together, the one that keeps longest what is taken then. */
export function keeperAmong(schedules: readonly Schedule[], ms: number): Schedule {
  if (schedules.length === 1) return schedules[0]!
  const until = schedules.map((schedule) => keptUntil(schedule, ms))
  return schedules[until.indexOf(Math.max(...until))]!
}

/** By count, until as many newer ones were taken. */
function keptUntil({ times, retention }: Schedule, ms: number): number {
  const expiry = expiryOf(retention, ms)
  if (expiry !== null) return expiry
  const after = firingsOf(times)
  let at: number | null = ms
  const count = retention.kind === 'count' ? retention.count : 0
  for (let taken = 0; taken < count && at !== null; taken += 1) at = after(at)
  return at ?? Number.POSITIVE_INFINITY
}

/** The 31st of January and a month is the last of February. */
function later(ms: number, length: number, unit: AgeUnit): number {
  if (unit === 'days') return ms + length * DAY_MS
  if (unit === 'weeks') return ms + 7 * length * DAY_MS
  const date = new Date(ms)
  const day = date.getUTCDate()
  date.setUTCMonth(date.getUTCMonth() + (unit === 'months' ? length : 12 * length))
  if (date.getUTCDate() !== day) date.setUTCDate(0)
  return date.getTime()
}
