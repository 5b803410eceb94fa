import { afterEach, expect, test, vi } from 'vitest'
import { tempFolder } from '../testing/temp-folder.ts'
import type { Context } from './context.ts'
import { ReclaimTimer } from './reclaim-timer.ts'

afterEach(() => void vi.useRealTimers())

/** A library with a deletion that can be undone for a minute. */
function timer(path = tempFolder(), log = (_: unknown) => {}): ReclaimTimer {
  const deletions = { all: () => [{ undoableUntil: 60_000 }] }
  const library = { path, deletions }
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
