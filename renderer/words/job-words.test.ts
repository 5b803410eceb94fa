import { expect, it } from 'vitest'
import { JobId } from '../../core/contract/ids.ts'
import type { Job } from '../../core/contract/jobs.ts'
import { id } from '../state/library-example.ts'
import { doneWords, progressPercent, progressWords } from './job-words.ts'

const MIB = 2 ** 20
const job = (given: Partial<Job>): Job => ({
  jobId: JobId.parse('job-00000000000000001'),
  kind: 'restore',
  title: 'Restore of B',
  volumeId: null,
  snapshotId: null,
  state: 'running',
  doneBytes: 0,
  totalBytes: 1024 * MIB,
  bytesPerSecond: 0,
  secondsLeft: null,
  result: null,
  error: null,
  ...given,
})
const said = (words: readonly string[]) => words.join(', ').replaceAll('\u00a0', ' ')

it('says of a running job what is known, and no more', () => {
  expect(said(progressWords(job({})))).toBe('0 B of 1 GiB')
  const running = job({ doneBytes: 444 * MIB, bytesPerSecond: 107 * MIB, secondsLeft: 5.4 })
  expect(said(progressWords(running))).toBe('444 MiB of 1 GiB, 107 MiB/s, 5 s left')
  expect(said(progressWords(job({ doneBytes: 3 * MIB, totalBytes: 0 })))).toBe('3 MiB')
  expect(said(progressWords(job({ doneBytes: 1024 * MIB, secondsLeft: 1 })))).toBe(
    '1 GiB of 1 GiB, finishing',
  )
})

it('never shows 100 % of an unknown end', () => {
  expect(progressPercent(job({ totalBytes: 0, doneBytes: 5 }))).toBeNull()
  expect(progressPercent(job({ doneBytes: 1023.9 * MIB }))).toBe(99)
})

it('says what a job left, by name, and nothing of what is seen anyway', () => {
  const restore = { kind: 'restore' as const, bytesWritten: 3 * MIB, dataBytes: MIB }
  const done = doneWords(job({ snapshotId: id('b'), result: restore }), () => 'B of web')
  expect(done?.title).toBe('Restored B of web')
  expect(said([done?.body ?? ''])).toBe('Wrote 3 MiB, 1 MiB of it data.')
  expect(doneWords(job({ result: { kind: 'snapshot', snapshotId: id('b') } }), () => '')).toBeNull()
})
