import type { CallName, Input } from '../contract/calls.ts'
import type { Engine } from '../engine/engine.ts'
import type { Lab } from './lab.ts'

/** One thing that is done to a library by a process that is killed meanwhile. */
export type Deed = {
  readonly name: string
  /** How many states of the image have a snapshot before. */
  readonly states: number
  /** Brings the lab's library to where the deed begins. */
  prepare?(engine: Engine, lab: Lab): Promise<void>
  /** How long ago that was, in milliseconds: what was due in between is done by the process. */
  readonly preparedAgoMs?: number | (() => number)
  /** What the process is asked, where it is more, one after the other; its files lie in `folder`. */
  request(lab: Lab, folder: string): Request | readonly Request[]
  /** Snapshots that it takes away. */
  readonly takesAway?: readonly string[]
  /** Says what is wrong with its traces, after the library was opened again. */
  check(engine: Engine, lab: Lab, outcome: Outcome): Promise<string[]>
}

export type Request = { [K in CallName]: { call: K; input: Input<K> } }[CallName] & {
  /** The next one does not wait until its job is done; the last does. */
  readonly isBegun?: boolean
}

/** What is asked, as the driver takes it after the path of the library. */
export function asArguments(asked: Request | readonly Request[]): string[] {
  return [asked]
    .flat()
    .flatMap(({ call, input, isBegun }: Request) => [
      isBegun === true ? `${call}&` : call,
      JSON.stringify(input),
    ])
}

export type Outcome = {
  folder: string
  /** The process told that the deed is done. */
  isAcked: boolean
}
