import type { LockRow } from '../catalog/locks.ts'
import type { SnapshotRow } from '../catalog/snapshots.ts'
import type { SnapshotLock } from '../contract/locks.ts'
import type { Snapshot } from '../contract/model.ts'
import type { Library } from './library.ts'

const DAY_MS = 86_400_000

/** What was put on a snapshot after it was taken. */
export type Marks = Pick<Snapshot, 'lock' | 'tags'>

/** Reads the marks of all snapshots at once. */
export function marksOf(library: Library): (row: SnapshotRow) => Marks {
  const locks = new Map(library.locks.all().map((lock) => [lock.id, lock]))
  const tags = library.snapshotTags.all()
  return (row) => {
    const lock = locks.get(row.id)
    return {
      lock: lock === undefined ? null : lockOf(lock, row),
      tags: tags.get(row.id) ?? [],
    }
  }
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
