import { expect, it } from 'vitest'
import { adviceWords } from './archive-words.ts'

const advice = (amount: number) => ({
  leavesStandardBytes: 0,
  archivedBytes: 0,
  monthlyChange: { amount, formula: '' },
  pays: amount < 0,
})

it('says whether archiving saves, and how much', () => {
  expect(adviceWords(advice(-0.075), 'USD')).toBe('It saves $0.08 a month.')
  expect(adviceWords(advice(0), 'USD')).toMatch(/the same/)
  expect(adviceWords(advice(0.05), 'USD')).toBe('It costs $0.05 more a month.')
})
