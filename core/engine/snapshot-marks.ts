import type { LockRow } from '../catalog/locks.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { TieringRow } from '../catalog/tierings.ts'
import type { SnapshotLock } from '../contract/locks.ts'
import type { Snapshot } from '../contract/model.ts'
import { accountsAmong } from '../contract/sharing.ts'
import type { Tiering } from '../contract/tiering.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { hasDirectReads, isPublicBlocked } from './access.ts'
import { keptBlocksOf } from './archived-data.ts'
import { granteesOf } from './grantees.ts'
import type { Library } from './library.ts'

const DAY_MS = 86_400_000

/** What was put on a snapshot after it was taken. */
export type Marks = Pick<Snapshot, 'lock' | 'tags' | 'tiering' | 'sharedWith' | keyof Access>

type Access = Pick<Snapshot, 'isPublic' | 'isPublicBlocked' | 'hasDirectReads'>

/** Reads the marks of all snapshots at once. */
export function marksOf(library: Library): (row: SnapshotRow) => Marks {
  const locks = new Map(library.locks.all().map((lock) => [lock.id, lock]))
  const { account } = library
  const tagsOfAccount = library.snapshotTags.all(account)
  const tierings = new Map(library.tierings.all().map((tiering) => [tiering.id, tiering]))
  const kept = keptBlocksOf(library)
  return (row) => {
    const grantees = granteesOf(library, row.id)
    const tiering = tieringOf(library, row, tierings.get(row.id), kept.get(row.id) ?? 0)
    const tags = tagsOfAccount.get(row.id) ?? []
    const access = accessOf(library, row, grantees.has('all'))
    // What its owner does with it otherwise is nothing to others.
    if (row.ownerId !== account) return { lock: null, tags, tiering, sharedWith: [], ...access }
    const lock = locks.get(row.id)
    return {
      lock: lock === undefined ? null : lockOf(lock, row),
      tags,
      sharedWith: accountsAmong(grantees),
      tiering,
      ...access,
    }
  }
}

function accessOf(library: Library, row: SnapshotRow, isPublic: boolean): Access {
  return {
    isPublic,
    isPublicBlocked: isPublic && isPublicBlocked(library, row),
    hasDirectReads: hasDirectReads(library, row),
  }
}

function tieringOf(
  library: Library,
  { id, tier }: SnapshotRow,
  row: TieringRow | undefined,
  keptBlocks: number,
): Tiering | null {
  if (row === undefined) return null
  const { id: _, ...told } = row
  const blocks = tier === 'archive' ? (library.figures().of.get(id)?.full ?? 0) : keptBlocks
  return { tier, ...told, archivedBytes: blocks * BLOCK_BYTES }
}

/** The days of a lock count from the completion of its snapshot on. */
export function lockOf(
  { mode, lockedAt, days, expiresAt, coolOffUntil }: LockRow,
  { completedAt }: SnapshotRow,
): SnapshotLock {
  const startsAt = completedAt === null ? null : Math.max(lockedAt, completedAt)
  return {
    mode,
    lockedAt,
    startsAt,
    expiresAt: days === null || startsAt === null ? expiresAt : startsAt + days * DAY_MS,
    coolOffUntil,
  }
}
