import { expect, it } from 'vitest'
import { LIST_PRICES } from '../../core/contract/money.ts'
import { priceDraftOf, priceProblems, pricesIn } from './price-draft.ts'

const draft = priceDraftOf(LIST_PRICES)

it('has a table as it is', () => {
  expect(draft).toMatchObject({ standard: '0.05', writtenDown: '2026-11-22' })
  expect(pricesIn(draft)).toEqual(LIST_PRICES)
  expect(priceProblems(draft)).toEqual({})
  expect(pricesIn({ ...draft, currency: ' eur ' })?.currency).toBe('EUR')
})

it.each([
  ['standard', '0,05'],
  ['archive', ''],
  ['archiveRetrieval', '-1'],
  ['fastRestore', '1000001'],
  ['currency', 'EURO'],
  ['writtenDown', '22.11.2026'],
  ['writtenDown', '2026-02-30'],
  ['source', '  '],
] as const)('%s cannot be "%s"', (field, typed) => {
  const wrong = { ...draft, [field]: typed }
  expect(pricesIn(wrong)).toBeNull()
  expect(Object.keys(priceProblems(wrong))).toEqual([field])
})
