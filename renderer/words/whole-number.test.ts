import { expect, it } from 'vitest'
import { wholeNumber } from './whole-number.ts'

it('takes whole numbers of the range, and nothing else', () => {
  expect(wholeNumber('7', 1, 365)).toBe(7)
  expect(wholeNumber(' 365 ', 1, 365)).toBe(365)
  for (const text of ['', '0', '366', '1.5', '-2', '1e2', 'seven']) {
    expect(wholeNumber(text, 1, 365), text).toBeNull()
  }
})
