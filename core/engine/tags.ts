import { StrataError } from '../contract/errors.ts'
import { printable } from '../contract/show.ts'
import {
  isReservedKey,
  MAX_TAG_KEY_LENGTH,
  MAX_TAG_VALUE_LENGTH,
  MAX_TAGS,
  type Tag,
} from '../contract/tags.ts'

/** The name of a volume or a snapshot, as EC2 has it. */
const NAME_KEY = 'Name'

/**
 * The tags that something has with these, each key once.
 *
 * @throws StrataError InvalidTagKey.Malformed, TAG_VALUE_REFUSED, TagLimitExceeded
 */
export function withTags(before: readonly Tag[], given: readonly Tag[]): Tag[] {
  const tags = new Map(before.map(({ key, value }) => [key, value]))
  for (const { key, value } of given) {
    assertKey(key)
    if (value.length > MAX_TAG_VALUE_LENGTH || printable(value) !== value) {
      throw new StrataError('TAG_VALUE_REFUSED', { key, most: MAX_TAG_VALUE_LENGTH })
    }
    tags.set(key, value)
  }
  const countOfOwn = [...tags.keys()].filter((key) => !isReservedKey(key)).length
  // Its name is one of them.
  if (countOfOwn + 1 > MAX_TAGS) throw new StrataError('TagLimitExceeded', { most: MAX_TAGS })
  return [...tags].map(([key, value]) => ({ key, value }))
}

/** @throws StrataError InvalidTagKey.Malformed for a key that nobody may give or take away */
export function assertKey(key: string): void {
  const problem = problemOf(key)
  if (problem !== undefined) throw new StrataError('InvalidTagKey.Malformed', { key, problem })
}

function problemOf(key: string): string | undefined {
  if (key === '') return 'it is empty'
  if (isReservedKey(key)) return 'keys that begin with aws: are reserved'
  if (key === NAME_KEY) return 'that tag is the name'
  if (key.length > MAX_TAG_KEY_LENGTH) return `it has more than ${MAX_TAG_KEY_LENGTH} characters`
  if (printable(key) !== key) return 'it contains characters that cannot be shown'
  return undefined
}
