import type { EngineEvent } from '../core/contract/events.ts'
import type { Job } from '../core/contract/jobs.ts'

/** Whoever waited this long has turned to something else. */
const LONG_MS = 10_000

/** What a system notification says. */
export type Notice = { title: string; body: string }

/** Tells of jobs that took long and ended; those that a person stopped are known to have. */
export class LongJobs {
  readonly #startedAtMs = new Map<string, number>()

  /** @returns what to tell after this event; null: nothing */
  after(event: EngineEvent, nowMs: number): Notice | null {
    if (event.kind !== 'job') return null
    const { job } = event
    const startedAtMs = this.#startedAtMs.get(job.jobId) ?? nowMs
    if (job.state === 'running') {
      this.#startedAtMs.set(job.jobId, startedAtMs)
      return null
    }
    this.#startedAtMs.delete(job.jobId)
    return nowMs - startedAtMs < LONG_MS ? null : noticeOf(job)
  }

  /** Jobs end with the library, or the engine, that they belong to. */
  forget(): void {
    this.#startedAtMs.clear()
  }
}

function noticeOf({ title, state, result, error }: Job): Notice | null {
  if (state === 'cancelled') return null
  if (state === 'failed') return { title: `${title}: failed`, body: error?.message ?? '' }
  const hasProblems = result?.kind === 'verify' && !result.ok
  return { title, body: hasProblems ? 'Done. Problems were found.' : 'Done.' }
}
