import { randomBytes } from 'node:crypto'
import type { z } from 'zod'

/** Hexadecimal digits of an id, as in EC2. */
const DIGITS = 17

/** A new random id such as `snap-0f3c...`. */
export function newId<Id extends z.ZodType<string>>(schema: Id, prefix: string): z.infer<Id> {
  const digits = randomBytes(Math.ceil(DIGITS / 2))
    .toString('hex')
    .slice(0, DIGITS)
  return schema.parse(`${prefix}-${digits}`)
}
