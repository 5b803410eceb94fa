import { describe, expect, it } from 'vitest'
import { Job } from '../core/contract/jobs.ts'
import { formatTime, ProgressBar, progressLine } from './progress-bar.ts'

const job: Job = Job.parse({
  jobId: 'job-0123456789abcdef0',
  kind: 'snapshot',
  title: 'Snapshot of web',
  volumeId: null,
  snapshotId: null,
  state: 'running',
  doneBytes: 2 ** 30,
  totalBytes: 2 ** 31,
  bytesPerSecond: 800 * 2 ** 20,
  secondsLeft: 1.28,
  result: null,
  error: null,
})

function terminal(isTTY: boolean, columns?: number) {
  const written: string[] = []
  return { isTTY, columns, written, write: (text: string) => written.push(text) }
}

describe('progressLine', () => {
  it('tells share, bytes, rate and time left', () => {
    expect(progressLine(job)).toBe(
      'Snapshot of web  [############............]   50 %  1 GiB of 2 GiB  800 MiB/s  2 s left',
    )
  })

  it('tells only what is known', () => {
    const unknown = { ...job, doneBytes: 0, totalBytes: 0, bytesPerSecond: 0, secondsLeft: null }
    expect(progressLine(unknown)).toBe('Snapshot of web')
  })

  it('never passes 100 per cent', () => {
    expect(progressLine({ ...job, doneBytes: 2 ** 32 })).toContain(' 100 %')
  })
})

describe('ProgressBar', () => {
  it('writes nothing when it is not on a terminal', () => {
    const pipe = terminal(false)
    const bar = new ProgressBar(pipe)
    bar.show(job)
    bar.clear()
    expect(pipe.written).toEqual([])
  })

  it('redraws one line and takes it back', () => {
    const screen = terminal(true, 120)
    const bar = new ProgressBar(screen)
    bar.show(job)
    bar.show({ ...job, state: 'done' })
    bar.clear()
    bar.clear()
    expect(screen.written).toEqual([`\r${progressLine(job)}\u001b[K`, '\r\u001b[K'])
  })

  it('never wraps', () => {
    const screen = terminal(true, 30)
    new ProgressBar(screen).show({ ...job, title: '漢'.repeat(40) })
    expect(screen.written[0]).toBe(`\r${'漢'.repeat(14)}…\u001b[K`)
  })
})

describe('formatTime', () => {
  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [125, '2 min 5 s'],
    [3_840, '1 h 4 min'],
  ])('shows %d seconds', (seconds, text) => {
    expect(formatTime(seconds)).toBe(text)
  })
})
