import { expect, it } from 'vitest'
import type { EngineEvent } from '../core/contract/events.ts'
import { JobProgress, NO_PROGRESS } from './job-progress.ts'

type JobState = 'running' | 'done' | 'cancelled' | 'failed'
const job = (jobId: string, doneBytes: number, totalBytes: number, state: JobState = 'running') =>
  ({ kind: 'job', job: { jobId, state, doneBytes, totalBytes } }) as EngineEvent

it('all that runs is one figure, weighed by its bytes', () => {
  const progress = new JobProgress()
  expect(progress.after({ kind: 'libraryChanged', revision: 1 })).toBe(NO_PROGRESS)
  expect(progress.after(job('a', 0, 0))).toBe(0)
  expect(progress.after(job('a', 50, 100))).toBe(0.5)
  expect(progress.after(job('b', 0, 300))).toBe(0.125)
})

it.each(['done', 'cancelled', 'failed'] as const)('what is %s does not count any more', (state) => {
  const progress = new JobProgress()
  progress.after(job('a', 50, 100))
  progress.after(job('b', 10, 100))
  expect(progress.after(job('b', 100, 100, state))).toBe(0.5)
  expect(progress.after(job('a', 100, 100, state))).toBe(NO_PROGRESS)
})

it('jobs of a library that was left are forgotten', () => {
  const progress = new JobProgress()
  progress.after(job('a', 50, 100))
  expect(progress.forget()).toBe(NO_PROGRESS)
  expect(progress.after({ kind: 'libraryChanged', revision: 1 })).toBe(NO_PROGRESS)
})
