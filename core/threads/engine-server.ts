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

/** How the thread gets its engines; what a test replaces. */
export type EngineFactory = {
  open(path: string, onEvent: (event: EngineEvent) => void): Promise<OpenEngine>
  create(path: string, holds: Holds, onEvent: (event: EngineEvent) => void): Promise<OpenEngine>
}

/** Answers requests that come through `port`, and sends events and faults back. */
export function serveEngine(port: MessagePort, factory: EngineFactory): void {
  const post = (message: FromEngine) => port.postMessage(message)
  const desk = new Desk(factory, post)
  port.on('message', async ({ sequence, request }: ToEngine) => {
    const reply = await replyTo(request, desk, post)
    post({ kind: 'reply', sequence, reply })
  })
}

type Post = (message: FromEngine) => void
type Call = Extract<EngineRequest, { kind: 'call' }>
type Switch = Exclude<EngineRequest, { kind: 'call' }>

async function replyTo(request: EngineRequest, desk: Desk, post: Post): Promise<Reply<unknown>> {
  try {
    return { ok: true, value: await desk.answer(request) }
  } catch (error) {
    if (!(error instanceof StrataError)) {
      post(faultOf(request.kind === 'call' ? request.name : request.kind, error))
    }
    return { ok: false, error: toWire(error) }
  }
}

function faultOf(during: string, error: unknown): FromEngine {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { kind: 'fault', during, stack }
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
    const onEvent = (event: EngineEvent) => {
      if (engine && this.#open?.engine === engine) this.#post({ kind: 'event', event })
    }
    engine =
      request.kind === 'open'
        ? await this.#factory.open(path, onEvent)
        : await this.#factory.create(path, request.holds, onEvent)
    await this.#leave()
    this.#open = { path, engine }
  }

  /** Closes the library that another one replaces. A fault in it does not stop the new one. */
  async #leave(): Promise<void> {
    try {
      await this.#close()
    } catch (error) {
      this.#post(faultOf('close', error))
    }
  }

  async #close(): Promise<void> {
    const open = this.#open
    this.#open = null
    await open?.engine.close()
  }
}
