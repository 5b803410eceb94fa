import { expect, it } from 'vitest'
import { parseCron } from '../contract/cron.ts'
import type { Retention } from '../contract/policy.ts'
import { expiryOf, firesAfter, keeperAmong } from './schedule-times.ts'
import { at, count, every } from './testing/policy-scene.ts'

const ms = (text: string) => Date.parse(`${text}Z`)
const after = (expression: string, from: string) => {
  const found = firesAfter({ kind: 'cron', expression }, ms(from))
  return found === null ? null : new Date(found).toISOString().slice(0, 16)
}

it('F44: an interval goes on from its time, over midnight and before 1970', () => {
  const times = { kind: 'interval', hours: 8, at: '22:30' } as const
  const found = (from: string) => new Date(firesAfter(times, ms(from))!).toISOString().slice(0, 16)
  expect(found('2026-11-22T00:00:00')).toBe('2026-11-22T06:30')
  expect(found('2026-11-22T06:30:00')).toBe('2026-11-22T14:30')
  expect(found('2026-11-22T22:29:59.999')).toBe('2026-11-22T22:30')
  expect(firesAfter(times, -1)).toBe(ms('1970-01-01T06:30'))
})

it.each([
  ['cron(0 3 ? * MON *)', '2026-11-22T03:00', '2026-11-23T03:00'],
  ['cron(0 3 ? * MON *)', '2026-11-23T03:00', '2026-11-30T03:00'],
  ['cron(15 0/6 * * ? *)', '2026-11-22T06:15', '2026-11-22T12:15'],
  ['cron(15 18 * * ? *)', '2026-12-31T18:15', '2027-01-01T18:15'],
  ['cron(0 9-17/4 ? * 2-6 *)', '2026-11-20T17:00', '2026-11-23T09:00'],
  ['cron(0 0 31 * ? *)', '2026-11-22T00:00', '2026-12-31T00:00'],
  ['cron(0 0 29 2 ? *)', '2026-11-22T00:00', '2028-02-29T00:00'],
  ['cron(0 0 L JAN,FEB ? *)', '2027-01-31T00:00', '2027-02-28T00:00'],
  ['cron(0 0 LW * ? *)', '2026-11-01T00:00', '2026-11-30T00:00'],
  ['cron(0 0 1W * ? *)', '2026-07-31T00:00', '2026-08-03T00:00'],
  ['cron(0 0 15W * ? *)', '2026-11-01T00:00', '2026-11-16T00:00'],
  ['cron(0 0 ? * 6L *)', '2026-11-01T00:00', '2026-11-27T00:00'],
  ['cron(0 0 ? * TUE#2 *)', '2026-11-01T00:00', '2026-11-10T00:00'],
  ['cron(0 0 ? * L *)', '2026-11-22T00:00', '2026-11-28T00:00'],
  ['cron(0 0 1 1 ? 2030-2040/5)', '2026-11-22T00:00', '2030-01-01T00:00'],
  ['cron(0 0 1 1 ? 2020)', '2026-11-22T00:00', null],
  ['cron(0 0 30 2 ? *)', '2026-11-22T00:00', null],
])('F44: %s after %s fires at %s', (expression, from, expected) =>
  expect(after(expression, from)).toBe(expected),
)

it.each([
  '0 3 ? * MON *',
  'cron(0 3 ? * MON)',
  'cron(0 3 * * MON *)',
  'cron(0 3 ? * ? *)',
  'cron(*/15 3 * * ? *)',
  'cron(60 3 * * ? *)',
  'cron(0 24 * * ? *)',
  'cron(0 3 0 * ? *)',
  'cron(0 3 ? * MOON *)',
  'cron(0 3 ? * 2#6 *)',
  'cron(0 3 5-1 * ? *)',
  'cron(0 3 1/0 * ? *)',
  'cron(0 3 1,,2 * ? *)',
  'cron(0 3 1 13 ? *)',
  'cron(0 3 1 1 ? 2200)',
])('F44: %s is refused', (expression) => expect(() => parseCron(expression)).toThrow(RangeError))

it('F44: months and years are those of the calendar', () => {
  const age = (length: number, unit: 'weeks' | 'months' | 'years'): Retention => ({
    kind: 'age',
    length,
    unit,
  })
  const expiry = (retention: Retention, from: string) =>
    new Date(expiryOf(retention, ms(from))!).toISOString().slice(0, 10)
  expect(expiry(age(2, 'weeks'), '2026-11-22T00:00')).toBe('2026-12-06')
  expect(expiry(age(1, 'months'), '2027-01-31T00:00')).toBe('2027-02-28')
  expect(expiry(age(1, 'years'), '2028-02-29T00:00')).toBe('2029-02-28')
  expect(expiryOf(count(1), 0)).toBeNull()
})

it('F44: of schedules that fire together the one that keeps longest has the snapshot', () => {
  const noon = ms('2026-11-22T12:00')
  const name = (...schedules: Parameters<typeof keeperAmong>[0]) =>
    keeperAmong(schedules, noon).name
  // 24 hours against two days; then 72 hours.
  expect(name(every(1, count(24), 'hourly'), every(24, count(2), 'daily'))).toBe('daily')
  expect(name(every(1, count(72), 'hourly'), every(24, count(2), 'daily'))).toBe('hourly')
  // What fires once more at the most keeps for good.
  expect(name(every(1, count(999), 'hourly'), at('cron(0 0 1 1 ? 2027)', count(2), 'once'))).toBe(
    'once',
  )
})
