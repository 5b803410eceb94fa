import { statfsSync } from 'node:fs'
import type { DeletionRow } from '../catalog/deletions.ts'
import { awaitingDeletions } from './collapse-lineage.ts'
import type { Context } from './context.ts'
import type { Library } from './library.ts'
import { reclaim } from './reclaim-space.ts'
import { isReclaimOwed } from './reclaimable.ts'

/** Longest delay that a timer takes. */
const MAX_DELAY_MS = 2 ** 31 - 1
/** Not at once: a command that opens the library for a moment should not start rewriting it. */
const MIN_DELAY_MS = 2_000

/** Of the disk; with less free than that, or than a GiB, space matters more than undoing. */
const LOW_DISK_SHARE = 0.02
const LOW_DISK_BYTES = 2 ** 30

/** Starts reclaiming when the time to undo the oldest deletion is over, or the disk runs low. */
export class ReclaimTimer {
  readonly #context: Context
  readonly #log: (error: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #isEnded = false

  /** @param log told what went wrong; the next change tries it again */
  constructor(context: Context, log: (error: unknown) => void) {
    this.#context = context
    this.#log = log
  }

  /** What a run before this one had no time for, at once: this one may be short, too. */
  resume(): void {
    const { library, jobs } = this.#context
    const isUnderWay = jobs.running().some(({ kind }) => kind === 'reclaim')
    if (!isUnderWay && isReclaimOwed(library)) reclaim(this.#context, { now: false })
  }

  /** Call when anything changed: a snapshot, too, may have filled the disk. It never fails. */
  arm(): void {
    clearTimeout(this.#timer)
    // Work that is cancelled while the library closes may still change it.
    if (this.#isEnded) return
    try {
      this.#wait()
    } catch (error) {
      this.#log(error)
    }
  }

  /** For good. */
  end(): void {
    this.#isEnded = true
    clearTimeout(this.#timer)
  }

  #wait(): void {
    const { library } = this.#context
    const deletions = dueDeletions(library)
    if (deletions.length === 0 && !library.hasFreedHolds) return
    const isLow = isDiskLow(library.path)
    const dueAt =
      isLow || library.hasFreedHolds
        ? 0
        : Math.min(...deletions.map(({ undoableUntil }) => undoableUntil ?? 0))
    const delayMs = Math.min(MAX_DELAY_MS, Math.max(MIN_DELAY_MS, dueAt - this.#context.clock()))
    this.#timer = setTimeout(() => void this.#run(isLow).catch(this.#log), delayMs)
    // A deletion that waits keeps no program alive.
    this.#timer.unref()
  }

  async #run(now: boolean): Promise<void> {
    const { jobId } = reclaim(this.#context, { now })
    const { state } = await this.#context.jobs.ended(jobId)
    if (state === 'done') this.arm()
  }
}

/** Without those of which only pending snapshots are left: their completion arms the timer again. */
function dueDeletions(library: Library): DeletionRow[] {
  const deletions = library.deletions.all()
  if (deletions.length === 0) return deletions
  const awaiting = awaitingDeletions(library)
  const rows = [...library.snapshotRows().values()]
  const begun = new Set(
    rows.filter(({ state }) => state !== 'pending').map((row) => row.deletionId),
  )
  return deletions.filter(({ id }) => begun.has(id) || !awaiting.has(id))
}

function isDiskLow(path: string): boolean {
  const { bavail, blocks, bsize } = statfsSync(path)
  return bavail * bsize < Math.min(LOW_DISK_BYTES, blocks * bsize * LOW_DISK_SHARE)
}
