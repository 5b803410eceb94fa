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
  /** What the process is asked; its files lie in `folder`. */
  request(lab: Lab, folder: string): Request
  /** Snapshots that it takes away. */
  readonly takesAway?: readonly string[]
  /** Says what is wrong with its traces, after the library was opened again. */
  check(engine: Engine, lab: Lab, outcome: Outcome): Promise<string[]>
}

export type Request = { [K in CallName]: { call: K; input: Input<K> } }[CallName]

export type Outcome = {
  folder: string
  /** The process told that the deed is done. */
  isAcked: boolean
}
