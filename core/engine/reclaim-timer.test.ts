import { afterEach, expect, test, vi } from 'vitest'
import { tempFolder } from '../testing/temp-folder.ts'
import type { Context } from './context.ts'
import { ReclaimTimer } from './reclaim-timer.ts'

afterEach(() => void vi.useRealTimers())

/** A library with a deletion that can be undone for a minute. */
function timer(
  path = tempFolder(),
  log = (_: unknown) => {},
  ...states: ('deleted' | 'pending')[]
): ReclaimTimer {
  const deletions = { all: () => [{ id: 'del-1', undoableUntil: 60_000 }] }
  const rows = states.map((state, i) => [`snap-${i}`, { deletionId: 'del-1', state }] as const)
  const snapshotRows = () => new Map(rows)
  const library = { path, deletions, snapshotRows }
  return new ReclaimTimer({ library, clock: () => 0 } as unknown as Context, log)
}

test('a change while the library closes starts no reclaiming of what is closed', () => {
  vi.useFakeTimers()
  const waiting = timer()
  waiting.arm()
  expect(vi.getTimerCount()).toBe(1)
  waiting.end()
  waiting.arm()
  expect(vi.getTimerCount()).toBe(0)
})

test('a disk that does not answer fails no change', () => {
  vi.useFakeTimers()
  const log = vi.fn()
  timer('/nowhere/at/all', log).arm()
  expect(log).toHaveBeenCalledOnce()
  expect(vi.getTimerCount()).toBe(0)
})

test('a deletion starts nothing while its snapshots are still to be completed, all of them', () => {
  vi.useFakeTimers()
  timer(tempFolder(), () => {}, 'pending', 'pending').arm()
  expect(vi.getTimerCount()).toBe(0)
  timer(tempFolder(), () => {}, 'pending', 'deleted').arm()
  expect(vi.getTimerCount()).toBe(1)
})
