import { describe, expect, it, test } from 'vitest'
import { archiveAdvice, costOf, earlyDeletionCost, LIST_PRICES } from './money.ts'

const GIB = 2 ** 30

describe('a month of storage', () => {
  it('tells how its amount comes about', () =>
    expect(costOf(16 * GIB, 0.05)).toEqual({ amount: 0.8, formula: '16 GiB x 0.05 = 0.8' }))

  it('W33: 1,000 and 29 times 20 GiB cost 79.00', () =>
    expect(costOf((1_000 + 29 * 20) * GIB, LIST_PRICES.standard).amount).toBeCloseTo(79, 10))

  it('W29: 100 GiB in the archive cost 1.25, taking them out 3.00', () => {
    expect(costOf(100 * GIB, LIST_PRICES.archive).amount).toBeCloseTo(1.25, 10)
    expect(costOf(100 * GIB, LIST_PRICES.archiveRetrieval).amount).toBeCloseTo(3, 10)
  })

  it('W30: 40 GiB that were archived and deleted at once cost 90 days, 1.50', () =>
    expect(earlyDeletionCost(40 * GIB, 0, LIST_PRICES).amount).toBeCloseTo(1.5, 10))
})

describe('archiving one of A 10, B 4, C 4 (full 10, 10, 14)', () => {
  test.each([
    ['W27', 'A', 4, 10, -0.075, true],
    ['W25', 'B', 0, 10, 0.125, false],
    ['W26', 'C', 4, 14, -0.025, true],
  ])('%s: %s', (_, __, unique, full, change, pays) => {
    const advice = archiveAdvice(unique * GIB, full * GIB, LIST_PRICES)
    expect(advice.monthlyChange.amount).toBeCloseTo(change, 10)
    expect(advice).toMatchObject({
      leavesStandardBytes: unique * GIB,
      archivedBytes: full * GIB,
      pays,
    })
  })

  it('W28: pays where 9,950 of 16,383 blocks are unique', () => {
    const block = 524_288
    expect(archiveAdvice(9_950 * block, 16_383 * block, LIST_PRICES).pays).toBe(true)
    expect(archiveAdvice(4_095 * block, 16_383 * block, LIST_PRICES).pays).toBe(false)
  })
})
