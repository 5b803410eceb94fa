import { expect, it } from 'vitest'
import { formatInstant, parseInstant } from './instant.ts'

it.each([
  ['2027-01-01', '2027-01-01 00:00:00'],
  ['2028-02-29T10:15:00Z', '2028-02-29 10:15:00'],
  ['2027-01-01T00:30:00+01:00', '2026-12-31 23:30:00'],
])('%s is a time', (text, utc) => expect(formatInstant(parseInstant(text))).toBe(utc))

it.each(['foo 2099', '2099-02-31', '2027-02-29T00:00:00Z', '2099', '2027-01-01T10:15:00', ''])(
  '“%s” is none',
  (text) => expect(() => parseInstant(text)).toThrow(RangeError),
)
