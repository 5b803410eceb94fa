import type { EngineEvent } from '../contract/events.ts'
import type { Context } from '../engine/context.ts'
import { advanceFastRestores, nextFastRestore } from './fast-restore.ts'
import { dropExpired, nextKeyEnd } from './keys.ts'
import { nextLockMoment } from './locks.ts'
import { emptyBin, nextExit } from './recycle-bin.ts'
import { endRestores, nextExpiry } from './restore-tier.ts'
import { nextPolicyDuty, runDuePolicies } from './run-policies.ts'

/** Timers hear neither of a clock that is set nor of a computer that slept: it is looked at so often. */
const MAX_DELAY_MS = 60_000

/** After a failure. */
const RETRY_MS = 60_000

/** What the passing of time asks for. */
type Duty = {
  /** Milliseconds since 1970, UTC; null: nothing is to come. */
  dueAt(context: Context): number | null
  do(context: Context): void
}

const duties: readonly Duty[] = [
  { dueAt: ({ library }) => nextExit(library), do: emptyBin },
  { dueAt: nextExpiry, do: endRestores },
  { dueAt: nextFastRestore, do: advanceFastRestores },
  { dueAt: nextKeyEnd, do: dropExpired },
]
const policies: Duty = { dueAt: nextPolicyDuty, do: runDuePolicies }

type Options = {
  readonly runsPolicies: boolean
  readonly onEvent: (event: EngineEvent) => void
  /** Told what went wrong; it is tried again. */
  readonly log: (error: unknown) => void
}

/** Does what is due when its time has come, and tells where nothing is to be done but to look again. */
export class UpkeepTimer {
  readonly #context: Context
  readonly #duties: readonly Duty[]
  readonly #log: (error: unknown) => void
  /** After a failure, in milliseconds since 1970, UTC. */
  readonly #notBefore = new Map<Duty, number>()
  #timer: NodeJS.Timeout | undefined
  #isEnded = false
  /** Moments up to this one were told, in milliseconds since 1970, UTC. */
  #toldUntil: number

  constructor(context: Context, { runsPolicies, onEvent, log }: Options) {
    this.#context = context
    this.#toldUntil = context.clock()
    const telling: Duty = {
      dueAt: ({ library, clock }) => {
        // What a clock that was set back shows for the second time is told for the second time.
        this.#toldUntil = Math.min(this.#toldUntil, clock())
        return nextLockMoment(library, this.#toldUntil)
      },
      do: ({ clock }) => {
        this.#toldUntil = clock()
        onEvent({ kind: 'momentPassed', at: this.#toldUntil })
      },
    }
    this.#duties = [...duties, ...(runsPolicies ? [policies] : []), telling]
    this.#log = log
  }

  /** Call when anything changed. It never fails. */
  arm(): void {
    clearTimeout(this.#timer)
    if (this.#isEnded) return
    const dueInMs = this.#dueInMs()
    if (dueInMs === null) return
    const delayMs = Math.min(MAX_DELAY_MS, Math.max(0, dueInMs))
    this.#timer = setTimeout(() => this.run(), delayMs)
    // What waits keeps no program alive.
    this.#timer.unref()
  }

  /** What is due by now, and no more. What fails keeps nothing else from its time. */
  run(): void {
    for (const duty of this.#duties) {
      try {
        const at = this.#dueAt(duty)
        if (at !== null && at <= this.#context.clock()) duty.do(this.#context)
      } catch (error) {
        // A disk that is full, say: nobody asked for this, so nobody can be told.
        this.#log(error)
        this.#notBefore.set(duty, this.#context.clock() + RETRY_MS)
      }
    }
    this.arm()
  }

  /** null: nothing is to come. */
  #dueInMs(): number | null {
    try {
      const due = this.#duties.map((duty) => this.#dueAt(duty)).filter((at) => at !== null)
      return due.length === 0 ? null : Math.min(...due) - this.#context.clock()
    } catch (error) {
      // Rows that cannot be read, say: no failure of the change that came before this.
      this.#log(error)
      return RETRY_MS
    }
  }

  /** Milliseconds since 1970, UTC; null: nothing is to come. */
  #dueAt(duty: Duty): number | null {
    const at = duty.dueAt(this.#context)
    // Whatever becomes of the clock.
    const latest = this.#context.clock() + RETRY_MS
    return at === null ? null : Math.max(at, Math.min(latest, this.#notBefore.get(duty) ?? 0))
  }

  /** For good. */
  end(): void {
    this.#isEnded = true
    clearTimeout(this.#timer)
  }
}
