import { afterEach, expect, test, vi } from 'vitest'
import { tempFolder } from '../testing/temp-folder.ts'
import type { Context } from './context.ts'
import { ReclaimTimer } from './reclaim-timer.ts'

afterEach(() => void vi.useRealTimers())

/** A library with a deletion that can be undone for a minute. */
function timer(): ReclaimTimer {
  const deletions = { all: () => [{ undoableUntil: 60_000 }] }
  const library = { path: tempFolder(), deletions }
  return new ReclaimTimer({ library, clock: () => 0 } as unknown as Context)
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
