import { expect, it } from 'vitest'
import { FastRestore } from '../../core/contract/fast-restore.ts'
import { creditWords, fastRestoreWords } from './fast-restore-words.ts'

const fast = FastRestore.parse({
  snapshotId: `snap-${'0'.repeat(17)}`,
  zone: 'locala',
  state: 'enabled',
  reason: '',
  enablingAt: 0,
  optimizingAt: 1,
  enabledAt: 2,
  disablingAt: null,
  disabledAt: null,
  nextStateAt: null,
  credits: 0,
  countedAt: 3,
  maxCredits: 1,
  creditsPerHour: 0.0625,
})

it('tells what volumes are to expect, and never a part of a credit as a whole one', () => {
  expect(fastRestoreWords(null)).toMatch(/load behind/)
  expect(fastRestoreWords({ ...fast, state: 'disabled' })).toBe(fastRestoreWords(null))
  expect(fastRestoreWords(fast)).toMatch(/^Each credit makes one volume/)
  expect(fastRestoreWords({ ...fast, state: 'optimizing', nextStateAt: 9 })).toMatch(/until/)
  expect(creditWords(0.99, fast)).toBe('0.9 of 1, 0.0625 an hour')
})
