import { expect, it } from 'vitest'
import { FastRestore } from '../core/contract/fast-restore.ts'
import { fastRestoreText } from './fast-restore.ts'

const fast = FastRestore.parse({
  snapshotId: `snap-${'0'.repeat(17)}`,
  zone: 'locala',
  state: 'enabled',
  reason: 'Client.UserInitiated - Lifecycle state transition',
  enablingAt: 0,
  optimizingAt: 1,
  enabledAt: 2,
  disablingAt: null,
  disabledAt: null,
  nextStateAt: null,
  credits: 0.99,
  countedAt: 3,
  maxCredits: 1,
  creditsPerHour: 0.0625,
})

it('a part of a credit is not told as a whole one', () =>
  expect(fastRestoreText(fast)).toBe('enabled, 0.9 credits of 1 (0.0625 an hour)'))

it('what goes on by itself says until when', () => {
  const on = { ...fast, state: 'optimizing', nextStateAt: 1_700_000_000_000 } as const
  expect(fastRestoreText(on)).toMatch(/^optimizing until 2023-11-1\d \d\d:\d\d:\d\d$/)
  expect(fastRestoreText({ ...fast, state: 'disabled' })).toBe('disabled')
})
