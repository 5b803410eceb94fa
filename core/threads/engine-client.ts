import type { Worker } from 'node:worker_threads'
import { type CallName, callNames, type Reply, type StrataApi } from '../contract/calls.ts'
import { StrataError, toWire } from '../contract/errors.ts'
import type { EngineEvent } from '../contract/events.ts'
import type { WireError } from '../contract/wire-error.ts'
import type { EngineRequest, FromEngine, Holds, ToEngine } from './engine-messages.ts'

/*
 * The caller's end of the engine thread.
 * (1) A request waits under its sequence number until its reply comes or the thread stops; then it
 *     leaves the map, so that nothing waits for ever and nothing is answered twice.
 * (2) A thread that stopped unasked stays stopped: what is asked later is refused at once. Whoever
 *     owns the client starts another.
 */

/** Longer than a person waits for a click to show: such a call is worth a line in the log. */
const SLOW_MS = 50

/** The part of a Worker that a client needs. */
export type EngineThread = Pick<Worker, 'postMessage' | 'on' | 'terminate'>

export type EngineClientOptions = {
  onEvent(event: EngineEvent): void
  /** The thread ended by itself. All that waited has been rejected. */
  onStopped(error: StrataError): void
  /** A defect in the thread, with its stack: for a log. */
  onFault(during: string, stack: string): void
  /** A call that took longer than 50 ms. */
  onSlow(name: CallName, tookMs: number): void
}

/** An error that came through the thread's messages: it crosses the next border as it is. */
export class RelayedError extends Error {
  override readonly name = 'RelayedError'
  readonly wire: WireError

  constructor(wire: WireError) {
    super(wire.message)
    this.wire = wire
  }
}

/** The error for the next border, whether it was thrown here or came through a thread. */
export function wireOf(thrown: unknown): WireError {
  return thrown instanceof RelayedError ? thrown.wire : toWire(thrown)
}

/** The engine in a thread of its own: one library open at a time, every call of the contract. */
export class EngineClient {
  /** The contract, over messages. Rejects with RelayedError, or StrataError ENGINE_STOPPED. */
  readonly api: StrataApi
  readonly #thread: EngineThread
  readonly #options: EngineClientOptions
  readonly #waiting = new Map<number, Waiting>()
  #sequence = 0
  #stopped: StrataError | null = null
  #isEnding = false

  /** @param thread a fresh thread that runs `serveEngine` */
  constructor(thread: EngineThread, options: EngineClientOptions) {
    this.#thread = thread
    this.#options = options
    this.api = Object.fromEntries(
      callNames.map((name) => [name, (input: unknown) => this.#timedCall(name, input)]),
    ) as StrataApi
    thread.on('message', (message: FromEngine) => this.#receive(message))
    thread.on('error', (error) => this.#stop(error))
    thread.on('exit', (code) => this.#stop(new Error(`its thread ended with code ${code}`)))
  }

  /** Whether the thread ended by itself: then every request is refused. */
  get isStopped(): boolean {
    return this.#stopped !== null
  }

  /** Opens a library in place of the one that is open, which stays open if this fails. */
  async open(path: string): Promise<void> {
    await this.#ask({ kind: 'open', path })
  }

  /** Makes a library and opens it, as `open` does. */
  async create(path: string, holds: Holds): Promise<void> {
    await this.#ask({ kind: 'create', path, holds })
  }

  /** Cancels jobs, closes the library and ends the thread. The thread ends even if closing fails. */
  async close(): Promise<void> {
    try {
      if (!this.#stopped) await this.#ask({ kind: 'close' })
    } finally {
      this.#isEnding = true
      await this.#thread.terminate()
    }
  }

  async #timedCall(name: CallName, input: unknown): Promise<unknown> {
    const startedAt = performance.now()
    try {
      return await this.#ask({ kind: 'call', name, input })
    } finally {
      const tookMs = performance.now() - startedAt
      // awaitJob takes as long as its job: that says nothing about the engine.
      if (tookMs > SLOW_MS && name !== 'awaitJob') this.#options.onSlow(name, tookMs)
    }
  }

  #ask(request: EngineRequest): Promise<unknown> {
    if (this.#stopped) return Promise.reject(this.#stopped)
    const sequence = ++this.#sequence
    return new Promise((resolve, reject) => {
      this.#waiting.set(sequence, { resolve, reject })
      this.#thread.postMessage({ sequence, request } satisfies ToEngine)
    })
  }

  #receive(message: FromEngine): void {
    switch (message.kind) {
      case 'reply':
        this.#settle(message.sequence, message.reply)
        break
      case 'event':
        this.#options.onEvent(message.event)
        break
      case 'fault':
        this.#options.onFault(message.during, message.stack)
        break
      default:
        message satisfies never
    }
  }

  #settle(sequence: number, reply: Reply<unknown>): void {
    const waiting = this.#waiting.get(sequence)
    this.#waiting.delete(sequence)
    if (reply.ok) waiting?.resolve(reply.value)
    else waiting?.reject(new RelayedError(reply.error))
  }

  /** 'error' is followed by 'exit': the first to come tells the cause. */
  #stop(cause: Error): void {
    if (this.#stopped) return
    const error = new StrataError('ENGINE_STOPPED', { cause: cause.message }, { cause })
    this.#stopped = error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
    if (!this.#isEnding) this.#options.onStopped(error)
  }
}

type Waiting = {
  resolve(value: unknown): void
  reject(error: unknown): void
}
