import { resolve } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import type { Reply, StrataApi } from '../contract/calls.ts'
import { StrataError, toWire } from '../contract/errors.ts'
import type { EngineEvent } from '../contract/events.ts'
import type { EngineRequest, FromEngine, Holds, ToEngine } from './engine-messages.ts'

/*
 * The engine's end of the messages.
 * (1) One library is open at a time. Another one replaces it only once it is open itself, so that a
 *     library which cannot be opened costs nobody the one that can.
 * (2) Openings and closings wait for one another, and a call waits for those asked before it: what
 *     is asked after `open` meets the library that was opened.
 * (3) Every request gets exactly one reply, whatever is thrown.
 * (4) Events come from the open library only, never from one that is being made or left.
 */

/** An engine on an open library. */
export type OpenEngine = StrataApi & { close(): Promise<void> }

/** What an engine tells by itself. */
export type EngineTells = {
  onEvent(event: EngineEvent): void
  /** The failure of a job. */
  log(error: unknown): void
}

/** How the thread gets its engines; what a test replaces. */
export type EngineFactory = {
  open(path: string, tells: EngineTells): Promise<OpenEngine>
  create(path: string, holds: Holds, tells: EngineTells): Promise<OpenEngine>
}

/** Answers requests that come through `port`, and sends events and faults back. */
export function serveEngine(port: MessagePort, factory: EngineFactory): void {
  const post = (message: FromEngine) => port.postMessage(message)
  const desk = new Desk(factory, post)
  port.on('message', async ({ sequence, request }: ToEngine) => {
    const reply = await replyTo(request, desk)
    post({ kind: 'reply', sequence, reply })
  })
}

type Post = (message: FromEngine) => void
type Call = Extract<EngineRequest, { kind: 'call' }>
type Switch = Exclude<EngineRequest, { kind: 'call' }>

async function replyTo(request: EngineRequest, desk: Desk): Promise<Reply<unknown>> {
  try {
    return { ok: true, value: await desk.answer(request) }
  } catch (error) {
    desk.tellFault(request.kind === 'call' ? request.name : request.kind, error)
    return { ok: false, error: toWire(error) }
  }
}

class Desk {
  readonly #factory: EngineFactory
  readonly #post: Post
  #open: { path: string; engine: OpenEngine } | null = null
  /** The last opening or closing. Never rejects: who asked for it was told. */
  #settled: Promise<unknown> = Promise.resolve()

  constructor(factory: EngineFactory, post: Post) {
    this.#factory = factory
    this.#post = post
  }

  /** Failures that a person can act on are told to whoever asked; all others are defects. */
  tellFault(during: string, error: unknown): void {
    if (error instanceof StrataError) return
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.#post({ kind: 'fault', during, stack })
  }

  answer(request: EngineRequest): Promise<unknown> {
    if (request.kind === 'call') return this.#call(request)
    const done = this.#settled.then(() => this.#switch(request))
    this.#settled = done.catch(() => {})
    return done
  }

  async #call({ name, input }: Call): Promise<unknown> {
    await this.#settled
    if (!this.#open) throw new StrataError('LIBRARY_NOT_OPEN', {})
    const { engine } = this.#open
    const verb = engine[name] as (input: unknown) => Promise<unknown>
    return verb.call(engine, input)
  }

  async #switch(request: Switch): Promise<void> {
    if (request.kind === 'close') return this.#close()
    const path = resolve(request.path)
    if (request.kind === 'open' && this.#open?.path === path) return
    let engine: OpenEngine | null = null
    const tells: EngineTells = {
      onEvent: (event) => {
        if (engine && this.#open?.engine === engine) this.#post({ kind: 'event', event })
      },
      log: (error) => this.tellFault('a job', error),
    }
    engine =
      request.kind === 'open'
        ? await this.#factory.open(path, tells)
        : await this.#factory.create(path, request.holds, tells)
    await this.#leave()
    this.#open = { path, engine }
  }

  /** Closes the library that another one replaces. A fault in it does not stop the new one. */
  async #leave(): Promise<void> {
    try {
      await this.#close()
    } catch (error) {
      this.tellFault('close', error)
    }
  }

  async #close(): Promise<void> {
    const open = this.#open
    this.#open = null
    await open?.engine.close()
  }
}
