import { count } from './names.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SPANS = [
  [DAY, 'day'],
  [HOUR, 'hour'],
] as const

const short = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const long = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** "3 Mar, 10:00", with the year when it is not `nowMs`'s. */
export function formatInstant(atMs: number, nowMs = Date.now()): string {
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  return (isThisYear ? short : long).format(atMs).replace(' at ', ', ')
}

/** "10:00". */
export function formatClock(atMs: number): string {
  return clock.format(atMs)
}

/** A wait, rounded so that it does not flicker: "3 s", "2 min", "1 h 20 min". */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))}\u00a0s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes}\u00a0min`
  return `${Math.floor(minutes / 60)}\u00a0h ${minutes % 60}\u00a0min`
}

/** A span in its largest unit, rounded up: "10 minutes", "1 hour", "1 day"; at least a minute. */
export function formatSpan(ms: number): string {
  const [size, unit] = SPANS.find(([least]) => ms >= least) ?? [MINUTE, 'minute']
  return count(Math.max(1, Math.ceil(ms / size)), unit)
}
