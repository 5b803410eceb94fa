import type { RetentionRule } from '../../core/contract/recycle-bin.ts'
import {
  isReservedKey,
  MAX_TAG_KEY_LENGTH,
  MAX_TAG_VALUE_LENGTH,
  MAX_TAGS,
  type Tag,
} from '../../core/contract/tags.ts'

/** One tag a line, "key=value". */
export function linesOf(tags: readonly Tag[]): string {
  return tags.map(({ key, value }) => `${key}=${value}`).join('\n')
}

/** Which deleted snapshots a rule of the Recycle Bin keeps. */
export function ruleWords({ region, tags, excludedTags }: RetentionRule): string {
  const anyOf = (all: readonly Tag[]) => linesOf(all).split('\n').join(' or ')
  if (tags.length > 0) return `in ${region} with ${anyOf(tags)}`
  const all = `all snapshots in ${region}`
  return excludedTags.length === 0 ? all : `${all} but those with ${anyOf(excludedTags)}`
}

/** What was typed, one tag a line; what the system gave is left out. A string: what is wrong. */
export function tagsIn(text: string): Tag[] | string {
  const tags = new Map<string, Tag>()
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const at = line.indexOf('=')
    const [key, value] = at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    if (key === '') return `“${line}” has no key.`
    if (isReservedKey(key)) return `“${key}”: keys that begin with aws: are the system's.`
    if (key.length > MAX_TAG_KEY_LENGTH)
      return `A key has ${MAX_TAG_KEY_LENGTH} characters at most.`
    if (value.length > MAX_TAG_VALUE_LENGTH) {
      return `A value has ${MAX_TAG_VALUE_LENGTH} characters at most.`
    }
    if (tags.has(key)) return `“${key}” is there twice.`
    tags.set(key, { key, value })
  }
  return tags.size > MAX_TAGS ? `There are ${MAX_TAGS} tags at most.` : [...tags.values()]
}
