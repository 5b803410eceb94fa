import type { CallName, Input, Output } from '../contract/calls.ts'
import type { Context } from './context.ts'

/** What one request does to an open library. */
export type Verb<K extends CallName> = (
  context: Context,
  input: Input<K>,
) => Output<K> | Promise<Output<K>>

export type Verbs = { readonly [K in CallName]: Verb<K> }
