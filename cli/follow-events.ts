import { statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { StrataError } from '../core/contract/errors.ts'
import { type EventQuery, MAX_EVENTS } from '../core/contract/event-query.ts'
import type { WorldEvent } from '../core/contract/world-events.ts'
import { whereAsked } from './events.ts'
import type { Library } from './library.ts'

/*
 * A library has one user at a time, so following is reading again: the library is opened for a
 * moment, but only after its catalog has changed on disk and has come to rest, so that commands which
 * come one after the other are not kept from it.
 */

/** How often the catalog is looked at. */
const LOOK_EVERY_MS = 300
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Whoever watches: where the library is opened, what is wanted, and how it is told. */
export type Watch = {
  open(): Promise<Library>
  /** The catalog file of that library. */
  readonly catalog: string
  readonly query: EventQuery
  tell(event: WorldEvent): void
  /** Told when another program has the library open. */
  note(text: string): void
}

/** Tells the events that there are, then those that come, until it is interrupted. */
export async function followEvents(watch: Watch): Promise<void> {
  const stopped = new AbortController()
  const stop = () => stopped.abort()
  for (const signal of SIGNALS) process.on(signal, stop)
  // A reader that has seen enough goes.
  process.stdout.on('error', stop)
  try {
    const reader = new Reader(watch)
    while (!stopped.signal.aborted) {
      for (const event of await reader.next()) watch.tell(event)
      await pause(stopped.signal)
    }
  } finally {
    process.stdout.off('error', stop)
    for (const signal of SIGNALS) process.off(signal, stop)
  }
}

class Reader {
  readonly #watch: Watch
  #isFirst = true
  /** The newest event of the log when it was read last. */
  #sinceId: string | undefined
  /** What the catalog looked like when it was read last, and when it was looked at last. */
  #read: string | undefined
  #looked: string | undefined
  #isShutOut = false

  constructor(watch: Watch) {
    this.#watch = watch
  }

  /** What has come since the last time; nothing while another program has the library open. */
  async next(): Promise<WorldEvent[]> {
    // Before it is read: what is written afterwards makes it look different next time.
    const stamp = stampOf(this.#watch.catalog)
    const isAtRest = this.#isFirst || stamp === this.#looked
    this.#looked = stamp
    if (stamp === this.#read || !isAtRest) return []
    const library = await this.#opened()
    if (library === null) return []
    try {
      const events = await this.#wanted(library)
      const [newest] = await library.engine.listEvents({ limit: 1 })
      this.#sinceId = newest?.id
      this.#isFirst = false
      this.#read = stamp
      return events
    } finally {
      await library.close()
    }
  }

  async #wanted(library: Library): Promise<WorldEvent[]> {
    const { engine } = library
    const { limit, ...wanted } = whereAsked(library, this.#watch.query)
    if (this.#isFirst) return engine.listEvents({ ...wanted, limit })
    const events: WorldEvent[] = []
    for (let sinceId = this.#sinceId; ; sinceId = events.at(-1)?.id) {
      const page = await engine.listEvents({ ...wanted, sinceId })
      events.push(...page)
      if (page.length < MAX_EVENTS) return events
    }
  }

  async #opened(): Promise<Library | null> {
    try {
      const library = await this.#watch.open()
      this.#isShutOut = false
      return library
    } catch (error) {
      if (!(error instanceof StrataError) || error.code !== 'LIBRARY_LOCKED') throw error
      if (!this.#isShutOut)
        this.#watch.note(`${error.message} What it does is told when it is closed there.`)
      this.#isShutOut = true
      return null
    }
  }
}

/** Changes whenever a change has been written to the catalog or its log. */
function stampOf(catalog: string): string {
  return [catalog, `${catalog}-wal`]
    .map((file) => statSync(file, { bigint: true, throwIfNoEntry: false }))
    .map((stat) => (stat === undefined ? 'none' : `${stat.mtimeNs} ${stat.size}`))
    .join(', ')
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await delay(LOOK_EVERY_MS, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
