import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { RetentionRule } from '../contract/recycle-bin.ts'
import type { Tag } from '../contract/tags.ts'
import type { Library } from './library.ts'

const DAY_MS = 86_400_000

/** How long a snapshot would stay in the Recycle Bin, in milliseconds: the longest of its rules; null: none. */
export function binMsOf(library: Library, row: SnapshotRow): number | null {
  const tags = library.snapshotTags.of(row.id, row.ownerId)
  const days = library.retentionRules
    .of(row.ownerId)
    .filter((rule) => rule.region === row.region && matches(rule, tags))
    .map((rule) => rule.days)
  return days.length === 0 ? null : Math.max(...days) * DAY_MS
}

function matches({ tags, excludedTags }: RetentionRule, own: readonly Tag[]): boolean {
  const hasOneOf = (wanted: readonly Tag[]) =>
    wanted.some(({ key, value }) => own.some((tag) => tag.key === key && tag.value === value))
  return tags.length === 0 ? !hasOneOf(excludedTags) : hasOneOf(tags)
}
