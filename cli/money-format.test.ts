import { expect, it } from 'vitest'
import { formatMoney } from './money-format.ts'

it.each([
  [0.8, '0.80 USD'],
  [1234.5, '1234.50 USD'],
  [-0.125, '-0.13 USD'],
  [0, '0.00 USD'],
  [-0, '0.00 USD'],
  [0.0000244, '0.000024 USD'],
  [-0.0000122, '-0.000012 USD'],
])('%d is told as %s', (amount, words) => {
  expect(formatMoney(amount, 'USD')).toBe(words)
})
