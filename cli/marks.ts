import { lockStateOf, type SnapshotLock } from '../core/contract/locks.ts'
import type { Snapshot } from '../core/contract/model.ts'
import type { Tag } from '../core/contract/tags.ts'
import type { Tiering } from '../core/contract/tiering.ts'
import { formatInstant } from './instant.ts'
import { type facts, safeName } from './table.ts'

/** What was put on a snapshot, as lines of its description. */
export function markFacts(snapshot: Snapshot): Parameters<typeof facts>[0] {
  const { lock, tags, tiering } = snapshot
  const grantees = granteesText(snapshot)
  return [
    ...(tiering === null ? [] : [['Tier', tierText(tiering)] as const]),
    ...(lock === null ? [] : [['Lock', lockText(lock)] as const]),
    ...(grantees === '' ? [] : [['Shared with', grantees] as const]),
    ...tagFacts(tags),
  ]
}

/** Empty where nobody else is to read it. */
function granteesText({ sharedWith, isPublic, isPublicBlocked, region }: Snapshot): string {
  const everybody = isPublicBlocked ? `everybody (blocked in ${region})` : 'everybody'
  return [...sharedWith, ...(isPublic ? [everybody] : [])].join(', ')
}

/** The key of what is encrypted. */
export function encryptionFacts({
  encryption,
}: Pick<Snapshot, 'encryption'>): Parameters<typeof facts>[0] {
  return encryption === null ? [] : [['Encrypted', `with ${encryption.keyId}`]]
}

/** All of them in one line, where there are any. */
export function tagFacts(tags: readonly Tag[]): Parameters<typeof facts>[0] {
  return tags.length === 0 ? [] : [['Tags', tagText(tags)]]
}

/** `Team=ops, Keep=yes`. */
export function tagText(tags: readonly Tag[]): string {
  return tags.map(({ key, value }) => safeName(`${key}=${value}`)).join(', ')
}

/** "is locked in governance mode until 2026-12-22 10:15:00". */
export function lockText(lock: SnapshotLock): string {
  const end = lock.expiresAt === null ? 'its days are over' : formatInstant(lock.expiresAt)
  const state = lockStateOf(lock, Date.now())
  if (state === 'expired') return `was locked until ${end}`
  const coolOff =
    state === 'compliance-cooloff'
      ? `, and can be unlocked until ${formatInstant(lock.coolOffUntil!)}`
      : ''
  return `is locked in ${lock.mode} mode until ${end}${coolOff}`
}

/** "archive, since 2026-11-22 10:15:00"; "standard (archival-failed)". */
export function tierText({ tier, status, archivedAt, restoreExpiresAt }: Tiering): string {
  const last = status.endsWith('-completed') ? '' : ` (${status})`
  if (archivedAt === null) return `${tier}${last}`
  if (restoreExpiresAt === null) return `${tier}, since ${formatInstant(archivedAt)}${last}`
  return `${tier}, restored from the archive until ${formatInstant(restoreExpiresAt)}${last}`
}
