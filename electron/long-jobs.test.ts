import { expect, it } from 'vitest'
import type { EngineEvent } from '../core/contract/events.ts'
import type { Job } from '../core/contract/jobs.ts'
import { LongJobs } from './long-jobs.ts'

const job = (given: Partial<Job>) =>
  ({ kind: 'job', job: { jobId: 'a', title: 'Snapshot of web', ...given } }) as EngineEvent
const running = job({ state: 'running' })
const done = job({ state: 'done', result: null })

it('a job that took ten seconds is told when it is done, one that took less is not', () => {
  const jobs = new LongJobs()
  expect(jobs.after(running, 0)).toBeNull()
  expect(jobs.after(running, 9_000)).toBeNull()
  expect(jobs.after(done, 10_000)).toEqual({ title: 'Snapshot of web', body: 'Done.' })
  jobs.after(running, 0)
  expect(jobs.after(done, 9_999)).toBeNull()
})

it('a failure is told with its reason, damage that was found as such', () => {
  const jobs = new LongJobs()
  jobs.after(running, 0)
  const error = { code: 'DISK_FULL', message: 'The disk is full.', remedy: '' }
  expect(jobs.after(job({ state: 'failed', error }), 20_000)).toEqual({
    title: 'Snapshot of web: failed',
    body: 'The disk is full.',
  })
  jobs.after(running, 0)
  const encrypted = { checked: 0, unchecked: 0 }
  const result = { kind: 'verify' as const, ok: false, blocksChecked: 1, encrypted, problems: [] }
  expect(jobs.after(job({ state: 'done', result }), 20_000)?.body).toBe(
    'Done. Problems were found.',
  )
})

it('nothing is told of what was cancelled, of other events, or of a library that was left', () => {
  const jobs = new LongJobs()
  jobs.after(running, 0)
  expect(jobs.after(job({ state: 'cancelled' }), 20_000)).toBeNull()
  expect(jobs.after({ kind: 'libraryChanged', revision: 1 }, 20_000)).toBeNull()
  jobs.after(running, 0)
  jobs.forget()
  expect(jobs.after(done, 20_000)).toBeNull()
})
