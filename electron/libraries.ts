import { existsSync, realpathSync } from 'node:fs'
import { callNames, type StrataApi } from '../core/contract/calls.ts'
import type { StrataError } from '../core/contract/errors.ts'
import type { EngineEvent } from '../core/contract/events.ts'
import type { WireError } from '../core/contract/wire-error.ts'
import { EngineClient, type EngineThread, wireOf } from '../core/threads/engine-client.ts'
import type { Holds } from '../core/threads/engine-messages.ts'
import type { Log } from './log.ts'
import { nextPractice, sweepPractice } from './practice-folder.ts'
import type { Settings } from './settings.ts'

/*
 * The library that is open, and the engine thread that has it.
 * (1) There is one thread. When it stops by itself another one opens the same library, but not
 *     twice within RESTART_GAP_MS: an engine that dies at once would die for ever. Then it takes a
 *     person who asks for a library.
 * (2) Calls wait while another library takes the place of the open one, the start included: none
 *     of them meets a moment without a library.
 */

/** Two stops nearer than this are one fault that a restart does not cure. */
const RESTART_GAP_MS = 10_000
/** A library that does not close in this time is left to its write-ahead log. */
const CLOSE_WITHIN_MS = 10_000

export type LibrariesOptions = {
  startThread(): EngineThread
  practiceFolder: string
  settings: Settings
  log: Log
  onEvent(event: EngineEvent): void
  /** Another library is open: all that was shown is out of date. */
  onOpened(path: string): void
  /** The library that should have been opened at the start was not. */
  onRefused(error: WireError): void
  /** The engine stopped by itself; `isBack` if another one has taken its place. */
  onStopped(error: WireError, isBack: boolean): void
}

export class Libraries {
  /** Every call, answered by whichever thread there is. */
  readonly api: StrataApi
  readonly #options: LibrariesOptions
  #client: EngineClient
  #path: string | null = null
  /** Whether a page may have seen another library: the first one is nothing to be told of (2). */
  #isStarted = false
  /** The change that calls wait for (2). Never rejects: who asked for it is told. */
  #changing: Promise<unknown> = Promise.resolve()
  #stoppedAt = Number.NEGATIVE_INFINITY

  constructor(options: LibrariesOptions) {
    this.#options = options
    this.#client = this.#startClient()
    this.api = Object.fromEntries(
      callNames.map((name) => [
        name,
        async (input: never) => {
          await this.#changing
          return this.#client.api[name](input)
        },
      ]),
    ) as StrataApi
  }

  /** The library that is open, or null while there is none. */
  get openPath(): string | null {
    return this.#path
  }

  /** Whether that is the open library, by whatever links its path leads there. */
  isOpen(path: string): boolean {
    return this.#path !== null && withoutLinks(path) === withoutLinks(this.#path)
  }

  /**
   * Opens the first library of the session: the one that was asked for, made if it is not there;
   * else the one that was open last; else a practice library.
   */
  start(wanted: string | null): Promise<void> {
    const started = this.#change(async () => {
      const last = this.#options.settings.values.recent[0]
      try {
        if (wanted) return await this.#openOrCreate(wanted)
        if (last) return await this.#open(last)
      } catch (error) {
        if (last && !wanted) this.#options.settings.forgetLibrary(last)
        this.#options.onRefused(wireOf(error))
      }
      await this.#createPractice()
    })
    return started.finally(() => {
      this.#isStarted = true
    })
  }

  /** Rejects, leaving open what is open, if the library cannot be opened. */
  open(path: string): Promise<void> {
    return this.#change(() => this.#open(path))
  }

  /** Makes a library where there is nothing yet, and opens it. */
  create(path: string): Promise<void> {
    return this.#change(() => this.#create(path, 'nothing'))
  }

  /** As at the start: opens it, made if it is not there. Rejects as `open` does. */
  openOrCreate(path: string): Promise<void> {
    return this.#change(() => this.#openOrCreate(path))
  }

  /** Makes and opens a practice library with the 10 / 4 / 2 GiB example. */
  openPractice(): Promise<void> {
    return this.#change(() => this.#createPractice())
  }

  /** Closes the library and ends the thread. */
  async close(): Promise<void> {
    const { log } = this.#options
    this.#path = null
    const closed = this.#client.close().catch((error) => log.fault('closing the library', error))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(
        () => resolve(log.note('the library did not close in time')),
        CLOSE_WITHIN_MS,
      )
    })
    await Promise.race([closed, late])
    clearTimeout(timer)
  }

  #change(change: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(change)
    this.#changing = done.catch(() => {})
    return done
  }

  async #open(path: string): Promise<void> {
    await this.#living().open(path)
    this.#opened(path)
  }

  async #create(path: string, holds: Holds): Promise<void> {
    await this.#living().create(path, holds)
    this.#opened(path)
  }

  async #openOrCreate(path: string): Promise<void> {
    try {
      await this.#open(path)
    } catch (error) {
      if (wireOf(error).code !== 'LIBRARY_MISSING') throw error
      await this.#createOrOpen(path)
    }
  }

  async #createOrOpen(path: string): Promise<void> {
    try {
      await this.#create(path, 'nothing')
    } catch (error) {
      // Another program was first.
      if (wireOf(error).code !== 'LIBRARY_EXISTS') throw error
      await this.#open(path)
    }
  }

  async #createPractice(): Promise<void> {
    const { practiceFolder, settings } = this.#options
    await this.#create(nextPractice(practiceFolder), 'example')
    for (const path of sweepPractice(practiceFolder, this.#path)) settings.forgetLibrary(path)
  }

  #opened(path: string): void {
    this.#path = path
    this.#options.settings.rememberLibrary(path)
    if (this.#isStarted) this.#options.onOpened(path)
  }

  /** A person who asks for a library gets a thread, also after one has stopped for good. */
  #living(): EngineClient {
    if (this.#client.isStopped) this.#client = this.#startClient()
    return this.#client
  }

  #startClient(): EngineClient {
    const { log, onEvent, startThread } = this.#options
    return new EngineClient(startThread(), {
      onEvent,
      onStopped: (error) => void this.#restart(error),
      onFault: (during, stack) => log.fault(during, stack),
      onSlow: (name, tookMs) => log.note(`slow: ${name} took ${Math.round(tookMs)} ms`),
    })
  }

  async #restart(stopped: StrataError): Promise<void> {
    const { log, onStopped } = this.#options
    log.fault('the engine thread', stopped.cause ?? stopped)
    const path = this.#path
    const isRepeated = Date.now() - this.#stoppedAt < RESTART_GAP_MS
    this.#stoppedAt = Date.now()
    this.#path = null
    if (isRepeated || !path) return onStopped(wireOf(stopped), false)
    try {
      await this.open(path)
      onStopped(wireOf(stopped), true)
    } catch (error) {
      onStopped(wireOf(error), false)
    }
  }
}

/** What is not there yet is known by its name alone. */
function withoutLinks(path: string): string {
  return existsSync(path) ? realpathSync.native(path) : path
}
