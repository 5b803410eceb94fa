import { expect, it } from 'vitest'
import type { DeletionPlan } from '../../core/contract/deletion.ts'
import { GIB, id, plan } from '../state/library-example.ts'
import { binWords } from './plan-words.ts'

it('what comes back now and what later is told of every way to the Recycle Bin', () => {
  const inBin = (...letters: string[]) =>
    letters.map((letter) => ({ snapshotId: id(letter), exitsAt: Date.UTC(2026, 11, 1, 12) }))
  const words = (given: Partial<DeletionPlan>) =>
    binWords(plan({ snapshotIds: [id('b'), id('c')], ...given }))
      ?.replaceAll('\u00a0', ' ')
      .replace(/ on 1 Dec.*/, '')
  const back = (releasedBytes: number, releasedNowBytes: number) => ({
    releasedBytes,
    releasedNowBytes,
  })
  expect(words(back(GIB, GIB))).toBeUndefined()
  expect(words({ ...back(3 * GIB, GIB), binned: inBin('b') })).toBe(
    '1 GiB comes back now, 2 GiB once the Recycle Bin is left',
  )
  expect(words({ ...back(2 * GIB, 0), binned: inBin('b', 'c') })).toBe(
    'Nothing comes back now, 2 GiB once the Recycle Bin is left',
  )
  expect(words({ ...back(GIB, GIB), binned: inBin('b') })).toBe(
    '1 GiB comes back now, no more once the Recycle Bin is left',
  )
  expect(words({ ...back(0, 0), binned: inBin('b', 'c') })).toBe(
    'Nothing comes back, now or when the Recycle Bin is left',
  )
  const pending = { pendingIds: [id('c')] }
  expect(words({ ...back(2 * GIB, 0), ...pending, binned: inBin('b', 'c') })).toBe(
    'Nothing comes back now, 2 GiB once the Recycle Bin is left',
  )
  expect(words({ ...back(2 * GIB, 2 * GIB), ...pending, binned: inBin('c') })).toBe(
    'One of them goes to the Recycle Bin when it is complete.',
  )
})
