import { describe, expect, it, test } from 'vitest'
import { LIST_PRICES } from '../contract/money.ts'
import { archiveAdvice, costOf, earlyDeletionCost } from './money.ts'

const GIB = 2 ** 30

describe('a month of storage', () => {
  it('tells how its amount comes about', () =>
    expect(costOf(16 * GIB, 0.05)).toEqual({ amount: 0.8, formula: '16 GiB x 0.05 = 0.8' }))

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

  it('W28: 4.858 of 7.9995 GiB, 9,950 of 16,383 blocks, are unique: it pays', () => {
    const block = 524_288
    const advice = archiveAdvice(9_950 * block, 16_383 * block, LIST_PRICES)
    expect(advice.leavesStandardBytes / GIB).toBeCloseTo(4.858, 3)
    expect(advice.archivedBytes / GIB).toBeCloseTo(7.9995, 4)
    expect(advice.leavesStandardBytes / advice.archivedBytes).toBeCloseTo(0.607, 3)
    expect(advice.pays).toBe(true)
  })

  it('F43: pays above a quarter and neither at it nor below', () => {
    const pays = (unique: number, full: number) => archiveAdvice(unique, full, LIST_PRICES).pays
    expect([pays(4_095, 16_384), pays(4_096, 16_384), pays(4_097, 16_384)]).toEqual([
      false,
      false,
      true,
    ])
    expect([pays(4_095, 16_383), pays(4_096, 16_383)]).toEqual([false, true])
  })
})
