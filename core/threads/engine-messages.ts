import type { CallName, Reply } from '../contract/calls.ts'
import type { EngineEvent } from '../contract/events.ts'

/** What the engine thread is asked. Calls were parsed where they entered the program. */
export type EngineRequest =
  | { kind: 'open'; path: string }
  | { kind: 'create'; path: string; holds: Holds }
  | { kind: 'call'; name: CallName; input: unknown }
  | { kind: 'close' }

/** What a new library begins with; one with the example is a practice library. */
export type Holds = 'nothing' | 'example'

/** To the thread. `sequence` grows; the reply carries the same one. */
export type ToEngine = { sequence: number; request: EngineRequest }

/** From the thread. A fault is a defect, with its stack: for the log, never for the window. */
export type FromEngine =
  | { kind: 'reply'; sequence: number; reply: Reply<unknown> }
  | { kind: 'event'; event: EngineEvent }
  | { kind: 'fault'; during: string; stack: string }
