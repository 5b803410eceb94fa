import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { SnapshotId } from '../contract/ids.ts'
import { Grantee } from '../contract/sharing.ts'
import { parsedRows } from './parsed-rows.ts'

const ShareRow = z.strictObject({ snapshotId: SnapshotId, grantee: Grantee })
export type ShareRow = z.infer<typeof ShareRow>

/** Rows of `share`: a set. A snapshot that goes takes its own with it. */
export class Shares {
  readonly #add: Statement<[SnapshotId, Grantee]>
  readonly #remove: Statement<[SnapshotId, Grantee]>
  readonly #all: Statement<[]>

  constructor(db: Database) {
    this.#add = db.prepare('INSERT OR IGNORE INTO share (snapshot_id, grantee) VALUES (?, ?)')
    this.#remove = db.prepare('DELETE FROM share WHERE snapshot_id = ? AND grantee = ?')
    this.#all = db.prepare(`
      SELECT snapshot_id AS snapshotId, grantee FROM share ORDER BY snapshot_id, grantee`)
  }

  add({ snapshotId, grantee }: ShareRow): void {
    this.#add.run(snapshotId, grantee)
  }

  remove({ snapshotId, grantee }: ShareRow): void {
    this.#remove.run(snapshotId, grantee)
  }

  all(): ShareRow[] {
    return parsedRows(ShareRow, this.#all.all())
  }
}
