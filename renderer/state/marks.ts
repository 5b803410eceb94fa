import type { AccountId } from '../../core/contract/account.ts'
import type { SnapshotId } from '../../core/contract/ids.ts'
import { lockStateOf } from '../../core/contract/locks.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import type { Tiering } from '../../core/contract/tiering.ts'
import { publicWords, withAccountsWords } from '../words/account-words.ts'
import { joinNames } from '../words/names.ts'
import { tierWords } from '../words/tier-words.ts'
import { formatInstant } from '../words/time-format.ts'
import { isForeign, labelOfAccount } from './accounts.ts'
import { isArchived, restoredUntil } from './tiers.ts'

/** What is said of a snapshot beside its figures. */
export type Mark = {
  readonly kind:
    | 'foreign'
    | 'locked'
    | 'image'
    | 'archived'
    | 'restored'
    | 'moving'
    | 'unmoved'
    | 'public'
    | 'blocked'
    | 'shared'
  /** For a list of them. */
  readonly word: string
  /** A sentence without its full stop. */
  readonly says: string
}

/** Of several snapshots: "3 locked". */
export const MARK_WORDS: Readonly<Record<Mark['kind'], string>> = {
  foreign: 'of another account',
  locked: 'locked',
  image: 'kept by an image',
  archived: 'archived',
  restored: 'restored for some days',
  moving: 'on the way to the other tier',
  unmoved: 'failed to reach the other tier',
  public: 'public',
  blocked: 'public, blocked',
  shared: 'shared',
}

/**
 * The marks of each snapshot that has any, the weightiest first.
 *
 * @param nowMs locks that have expired by then are no mark
 */
export function marksOf(
  library: LibraryView,
  snapshots: readonly Snapshot[],
  nowMs: number,
): ReadonlyMap<SnapshotId, readonly Mark[]> {
  const imagesOf = namesOfImages(library)
  const marks = new Map<SnapshotId, readonly Mark[]>()
  for (const snapshot of snapshots) {
    const own = [
      foreignMark(library, snapshot),
      lockMark(snapshot, nowMs),
      imageMark(imagesOf.get(snapshot.snapshotId)),
      tierMark(snapshot),
      ...sharedMarks(library, snapshot),
    ].filter((mark) => mark !== null)
    if (own.length > 0) marks.set(snapshot.snapshotId, own)
  }
  return marks
}

function namesOfImages({ images }: LibraryView): ReadonlyMap<SnapshotId, readonly string[]> {
  const names = new Map<SnapshotId, string[]>()
  for (const { name, mappings } of images) {
    for (const id of new Set(mappings.map(({ snapshotId }) => snapshotId))) {
      if (id !== null) names.set(id, [...(names.get(id) ?? []), name])
    }
  }
  return names
}

function foreignMark(library: LibraryView, snapshot: Snapshot): Mark | null {
  if (!isForeign(library, snapshot)) return null
  const owner = labelOfAccount(library, snapshot.ownerId)
  const how = snapshot.hasDirectReads ? 'shared with you' : 'public'
  return { kind: 'foreign', word: `of ${owner}`, says: `It belongs to ${owner} and is ${how}` }
}

function lockMark({ lock }: Snapshot, nowMs: number): Mark | null {
  if (lock === null) return null
  const state = lockStateOf(lock, nowMs)
  if (state === 'expired') return null
  const until = lock.expiresAt === null ? '' : ` until ${formatInstant(lock.expiresAt)}`
  const takenBack = state === 'compliance-cooloff' ? ', can still be taken back' : ''
  return {
    kind: 'locked',
    word: `locked${until}`,
    says: `Locked (${lock.mode})${until}${takenBack}`,
  }
}

function imageMark(names: readonly string[] | undefined): Mark | null {
  if (names === undefined) return null
  const images = `${names.length === 1 ? 'image' : 'images'} ${joinNames(names)}`
  return { kind: 'image', word: `in ${images}`, says: `Kept by ${images}` }
}

function tierMark({ tiering }: Snapshot): Mark | null {
  const says = tiering === null ? null : tierWords(tiering)
  if (tiering === null || says === null) return null
  const kind = tierKind(tiering)
  const until = restoredUntil({ tiering })
  return { kind, word: until ? `restored until ${formatInstant(until)}` : MARK_WORDS[kind], says }
}

function tierKind(tiering: Tiering) {
  if (isArchived({ tiering })) return 'archived'
  if (restoredUntil({ tiering }) !== null) return 'restored'
  return tiering.status.endsWith('-failed') ? 'unmoved' : 'moving'
}

/** Accounts get at what is public in any case, unless its region keeps everybody from it. */
function sharedMarks(library: LibraryView, snapshot: Snapshot): readonly (Mark | null)[] {
  if (isForeign(library, snapshot)) return []
  const { isPublic, isPublicBlocked, sharedWith } = snapshot
  const mark = (kind: Mark['kind'], says: string | null): Mark | null =>
    says === null ? null : { kind, word: MARK_WORDS[kind], says }
  const all = mark(isPublicBlocked ? 'blocked' : 'public', publicWords(snapshot))
  if (isPublic && !isPublicBlocked) return [all]
  const labelOf = (id: AccountId) => labelOfAccount(library, id)
  return [mark('shared', withAccountsWords(sharedWith, labelOf)), all]
}
