import { expect, it } from 'vitest'
import { formatSpan } from './time-format.ts'

it.each([
  [0, '1 minute'],
  [60_000, '1 minute'],
  [600_000, '10 minutes'],
  [3_600_000, '1 hour'],
  [86_400_000, '1 day'],
  [90_000, '2 minutes'],
  [2 * 86_400_000, '2 days'],
])('%d ms are %s', (ms, words) => expect(formatSpan(ms)).toBe(words))
