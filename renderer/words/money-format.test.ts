import { expect, it } from 'vitest'
import { formatMoney, formulaText, priceSource } from './money-format.ts'

it.each([
  [0.8, '$0.80'],
  [0, '$0.00'],
  [1234.5, '$1,234.50'],
  [0.01, '$0.01'],
  [0.0000244, '$0.000024'],
  [-0.0000122, '-$0.000012'],
  [-0, '$0.00'],
])('%d is told as %s', (amount, words) => {
  expect(formatMoney(amount, 'USD')).toBe(words)
})

it('a formula has the sign of a product', () => {
  const formula = '16 GiB x 0.05 = 0.8'
  expect(formulaText({ amount: 0.8, formula })).toBe('16 GiB × 0.05 = 0.8')
})

it('prices say whose they are and of when', () => {
  const prices = {
    currency: 'USD',
    standard: 0.05,
    archive: 0.0125,
    archiveRetrieval: 0.03,
    fastRestore: 0.75,
  }
  const told = priceSource({ ...prices, source: 'AWS list prices', writtenDown: '2026-11-02' })
  expect(told).toBe('AWS list prices, 2 Nov 2026')
})
