import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { FastRestoreState } from '../contract/fast-restore.ts'
import { Instant, RegionName, SnapshotId } from '../contract/ids.ts'
import { parsedRows } from './parsed-rows.ts'

export const FastRestoreRow = z.strictObject({
  snapshotId: SnapshotId,
  /** Who switched it on, and pays. */
  account: AccountId,
  region: RegionName,
  /** Of the snapshot's volume. */
  sizeBytes: z.int().positive(),
  state: FastRestoreState,
  reason: z.string(),
  enablingAt: Instant,
  optimizingAt: Instant.nullable(),
  enabledAt: Instant.nullable(),
  disablingAt: Instant.nullable(),
  disabledAt: Instant.nullable(),
  /** As they were at `countedAt`. */
  credits: z.number().nonnegative(),
  countedAt: Instant,
})
export type FastRestoreRow = z.infer<typeof FastRestoreRow>

/** Rows of `fast_restore`: snapshots for which it was ever switched on and which are still there. */
export class FastRestores {
  readonly #set: Statement
  readonly #all: Statement
  readonly #remove: Statement<[SnapshotId, AccountId]>

  constructor(db: Database) {
    this.#set = db.prepare(`
      INSERT OR REPLACE INTO fast_restore
        (snapshot_id, account, region, size_bytes, state, reason, enabling_at, optimizing_at,
         enabled_at, disabling_at, disabled_at, credits, counted_at)
      VALUES
        (@snapshotId, @account, @region, @sizeBytes, @state, @reason, @enablingAt, @optimizingAt,
         @enabledAt, @disablingAt, @disabledAt, @credits, @countedAt)`)
    this.#all = db.prepare(`
      SELECT snapshot_id AS snapshotId, account, region, size_bytes AS sizeBytes, state, reason,
             enabling_at AS enablingAt, optimizing_at AS optimizingAt, enabled_at AS enabledAt,
             disabling_at AS disablingAt, disabled_at AS disabledAt, credits,
             counted_at AS countedAt
      FROM fast_restore ORDER BY enabling_at, snapshot_id, account`)
    this.#remove = db.prepare('DELETE FROM fast_restore WHERE snapshot_id = ? AND account = ?')
  }

  set(row: FastRestoreRow): void {
    this.#set.run(row)
  }

  /** In the order in which they were switched on. */
  all(): FastRestoreRow[] {
    return parsedRows(FastRestoreRow, this.#all.all())
  }

  remove({ snapshotId, account }: Pick<FastRestoreRow, 'snapshotId' | 'account'>): void {
    this.#remove.run(snapshotId, account)
  }
}
