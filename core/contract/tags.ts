import { z } from 'zod'

/** As in EC2. What the system puts on a resource itself is not counted. */
export const MAX_TAGS = 50
/** UTF-16 code units. */
export const MAX_TAG_KEY_LENGTH = 127
/** UTF-16 code units. */
export const MAX_TAG_VALUE_LENGTH = 255

/** A word on a resource, and another. Both are case-sensitive. */
export const Tag = z.strictObject({ key: z.string(), value: z.string() })
export type Tag = z.infer<typeof Tag>

/** Keys that only the system gives. */
export function isReservedKey(key: string): boolean {
  return /^aws:/i.test(key)
}
