import type { Job } from '../contract/jobs.ts'

/** Older samples say little about the time left. */
const WINDOW_MS = 4_000

/** How fast a job has been in the last seconds. */
export class ProgressRate {
  readonly #samples: { readonly atMs: number; readonly doneBytes: number }[] = []

  /** @param atMs of a clock that only goes forward */
  add(atMs: number, doneBytes: number): void {
    this.#samples.push({ atMs, doneBytes })
    while (this.#samples.length > 2 && atMs - this.#samples[0]!.atMs > WINDOW_MS) {
      this.#samples.shift()
    }
  }

  /** After at least one sample. */
  towards(totalBytes: number): Pick<Job, 'bytesPerSecond' | 'secondsLeft'> {
    const first = this.#samples[0]!
    const last = this.#samples.at(-1)!
    const elapsedMs = last.atMs - first.atMs
    const doneBytes = last.doneBytes - first.doneBytes
    const bytesPerSecond = elapsedMs > 0 ? Math.round((doneBytes / elapsedMs) * 1_000) : 0
    const leftBytes = Math.max(0, totalBytes - last.doneBytes)
    return { bytesPerSecond, secondsLeft: bytesPerSecond > 0 ? leftBytes / bytesPerSecond : null }
  }
}
