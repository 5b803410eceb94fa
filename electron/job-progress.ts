import type { EngineEvent } from '../core/contract/events.ts'

/** What tells a window that there is no progress to show. */
export const NO_PROGRESS = -1

/** Running jobs as one figure, for the task bar or the dock. */
export class JobProgress {
  readonly #running = new Map<string, { doneBytes: number; totalBytes: number }>()

  /** @returns done / total of all that runs, 0 to 1; NO_PROGRESS when nothing does */
  after(event: EngineEvent): number {
    if (event.kind === 'job') {
      const { jobId, state, doneBytes, totalBytes } = event.job
      if (state === 'running') this.#running.set(jobId, { doneBytes, totalBytes })
      else this.#running.delete(jobId)
    }
    return this.#fraction()
  }

  /** Jobs end with the library, or the engine, that they belong to. */
  forget(): number {
    this.#running.clear()
    return NO_PROGRESS
  }

  #fraction(): number {
    if (this.#running.size === 0) return NO_PROGRESS
    const jobs = [...this.#running.values()]
    const totalBytes = jobs.reduce((sum, job) => sum + job.totalBytes, 0)
    const doneBytes = jobs.reduce((sum, job) => sum + job.doneBytes, 0)
    return totalBytes === 0 ? 0 : Math.min(1, doneBytes / totalBytes)
  }
}
