import type { Context } from './context.ts'
import { reclaim } from './reclaim-space.ts'

/** Longest delay that a timer takes. */
const MAX_DELAY_MS = 2 ** 31 - 1
/** Not at once: a command that opens the library for a moment should not start rewriting it. */
const MIN_DELAY_MS = 2_000

/** Starts reclaiming when the time to undo the oldest deletion is over. */
export class ReclaimTimer {
  readonly #context: Context
  #timer: NodeJS.Timeout | undefined

  constructor(context: Context) {
    this.#context = context
  }

  /** Call when deletions changed. */
  arm(): void {
    this.stop()
    const deletions = this.#context.library.deletions.all()
    if (deletions.length === 0) return
    const dueAt = Math.min(...deletions.map(({ undoableUntil }) => undoableUntil ?? 0))
    const delayMs = Math.min(MAX_DELAY_MS, Math.max(MIN_DELAY_MS, dueAt - this.#context.clock()))
    this.#timer = setTimeout(() => this.#run(), delayMs)
    // A deletion that waits keeps no program alive.
    this.#timer.unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    const { jobId } = reclaim(this.#context, { now: false })
    const { state } = await this.#context.jobs.ended(jobId)
    if (state === 'done') this.arm()
  }
}
