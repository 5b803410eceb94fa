import {
  type CallName,
  callNames,
  type Input,
  type Output,
  type Reply,
  type StrataApi,
} from '../../core/contract/calls.ts'
import { toWire } from '../../core/contract/errors.ts'
import type { EngineEvent } from '../../core/contract/events.ts'
import {
  type OfferedFile,
  type ShellApi,
  type ShellCallName,
  type ShellEvent,
  type ShellInput,
  type ShellOutput,
  shellCallNames,
} from '../../core/contract/shell.ts'
import type { WireError } from '../../core/contract/wire-error.ts'

/** What the preload script puts on the window: the page's only door. */
type Bridge = {
  call: <K extends CallName>(name: K, input: Input<K>) => Promise<Reply<Output<K>>>
  shell: <K extends ShellCallName>(name: K, input: ShellInput<K>) => Promise<Reply<ShellOutput<K>>>
  /** Trades dropped files for opaque ids; the page never learns where they lie. */
  offerFiles: (files: File[]) => Promise<OfferedFile[]>
  /** @returns a function that stops listening */
  onEvent: (listener: (event: EngineEvent) => void) => () => void
  onShellEvent: (listener: (event: ShellEvent) => void) => () => void
}

declare global {
  interface Window {
    strata: Bridge
  }
}

/** All that state and actions need of the world. Tests replace it. */
export type World = {
  engine: StrataApi
  shell: ShellApi
  offerFiles: (files: File[]) => Promise<OfferedFile[]>
}

/** A failure that the engine told of, with the remedy to show. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly wire: WireError

  constructor(wire: WireError) {
    super(wire.message)
    this.wire = wire
  }
}

export function wireOf(error: unknown): WireError {
  return error instanceof EngineError ? error.wire : toWire(error)
}

/** The engine and the shell behind `window.strata`. The only user of it besides events.ts. */
export function worldOf(bridge: Bridge): World {
  const engine = callNames.map((name) => [
    name,
    async (input: Input<typeof name>) => unwrap(await bridge.call(name, input)),
  ])
  const shell = shellCallNames.map((name) => [
    name,
    async (input: ShellInput<typeof name>) => unwrap(await bridge.shell(name, input)),
  ])
  return {
    // Each table has exactly the names of its contract, so the objects have its shape.
    engine: Object.fromEntries(engine) as StrataApi,
    shell: Object.fromEntries(shell) as ShellApi,
    offerFiles: (files) => bridge.offerFiles(files),
  }
}

function unwrap<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new EngineError(reply.error)
  return reply.value
}
