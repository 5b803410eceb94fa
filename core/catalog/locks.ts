import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { Instant, SnapshotId } from '../contract/ids.ts'
import { LockMode } from '../contract/locks.ts'
import { parsedRows } from './parsed-rows.ts'

export const LockRow = z.strictObject({
  id: SnapshotId,
  mode: LockMode,
  lockedAt: Instant,
  /** Either these, from the completion of the snapshot on ... */
  days: z.int().positive().nullable(),
  /** ... or this. */
  expiresAt: Instant.nullable(),
  coolOffUntil: Instant.nullable(),
})
export type LockRow = z.infer<typeof LockRow>

/** Rows of `snapshot_lock`; a snapshot that goes takes its own with it. */
export class Locks {
  readonly #set: Statement
  readonly #all: Statement
  readonly #remove: Statement<[SnapshotId]>

  constructor(db: Database) {
    this.#set = db.prepare(`
      INSERT OR REPLACE INTO snapshot_lock
        (snapshot_id, mode, locked_at, days, expires_at, cool_off_until)
      VALUES (@id, @mode, @lockedAt, @days, @expiresAt, @coolOffUntil)`)
    this.#all = db.prepare(`
      SELECT snapshot_id AS id, mode, locked_at AS lockedAt, days, expires_at AS expiresAt,
             cool_off_until AS coolOffUntil
      FROM snapshot_lock JOIN snapshot ON snapshot.id = snapshot_id
      WHERE snapshot.state <> 'error'`)
    this.#remove = db.prepare('DELETE FROM snapshot_lock WHERE snapshot_id = ?')
  }

  set(row: LockRow): void {
    this.#set.run(row)
  }

  /** The lock of a snapshot that failed holds no more: there is nothing to keep. */
  all(): LockRow[] {
    return parsedRows(LockRow, this.#all.all())
  }

  remove(id: SnapshotId): void {
    this.#remove.run(id)
  }
}
