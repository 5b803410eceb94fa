import type { z } from 'zod'

/** What a command has to say: the same facts for programs and for people. */
export type Answer = {
  readonly json: unknown
  readonly text: string
  /** The command worked and its finding is bad news, such as damage: exit 1. */
  readonly isBad?: boolean
}

/** @param schema what is public of `value`; anything else is dropped */
export function answer<Schema extends z.ZodType>(
  schema: Schema,
  value: z.input<Schema>,
  text: string,
): Answer {
  return { json: schema.parse(value), text }
}
