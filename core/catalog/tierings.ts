import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { Instant, SnapshotId } from '../contract/ids.ts'
import { TieringStatus } from '../contract/tiering.ts'
import { parsedRow, parsedRows } from './parsed-rows.ts'

export const TieringRow = z.strictObject({
  id: SnapshotId,
  status: TieringStatus,
  startedAt: Instant,
  archivedAt: Instant.nullable(),
  restoreExpiresAt: Instant.nullable(),
})
export type TieringRow = z.infer<typeof TieringRow>

const Archived = z.strictObject({ id: SnapshotId, delta: z.instanceof(Buffer) })

/** Rows of `tiering`, of snapshots that were ever archived, and of `archived_delta`. */
export class Tierings {
  readonly #set: Statement
  readonly #all: Statement
  readonly #get: Statement<[SnapshotId]>
  readonly #setStatus: Statement<[TieringStatus, SnapshotId]>
  readonly #remove: Statement<[SnapshotId]>
  readonly #keep: Statement<[SnapshotId, Buffer]>
  readonly #kept: Statement
  readonly #drop: Statement<[SnapshotId]>

  constructor(db: Database) {
    this.#set = db.prepare(`
      INSERT OR REPLACE INTO tiering (id, status, started_at, archived_at, restore_expires_at)
      VALUES (@id, @status, @startedAt, @archivedAt, @restoreExpiresAt)`)
    const select = `
      SELECT id, status, started_at AS startedAt, archived_at AS archivedAt,
             restore_expires_at AS restoreExpiresAt
      FROM tiering`
    this.#all = db.prepare(select)
    this.#get = db.prepare(`${select} WHERE id = ?`)
    this.#setStatus = db.prepare('UPDATE tiering SET status = ? WHERE id = ?')
    this.#remove = db.prepare('DELETE FROM tiering WHERE id = ?')
    this.#keep = db.prepare('INSERT INTO archived_delta (id, delta) VALUES (?, ?)')
    this.#kept = db.prepare('SELECT id, delta FROM archived_delta')
    this.#drop = db.prepare('DELETE FROM archived_delta WHERE id = ?')
  }

  set(row: TieringRow): void {
    this.#set.run(row)
  }

  /** Of one that may be gone by now. */
  setStatus(id: SnapshotId, status: TieringStatus): void {
    this.#setStatus.run(status, id)
  }

  /** It is in no tier any more; a snapshot that goes takes its own row with it. */
  remove(id: SnapshotId): void {
    this.#remove.run(id)
  }

  all(): TieringRow[] {
    return parsedRows(TieringRow, this.#all.all())
  }

  /** undefined: it was never archived. */
  get(id: SnapshotId): TieringRow | undefined {
    const row = this.#get.get(id)
    return row === undefined ? undefined : parsedRow(TieringRow, row)
  }

  /** What lies in the archive of a snapshot that is restored for some days. */
  keepDelta(id: SnapshotId, delta: Buffer): void {
    this.#keep.run(id, delta)
  }

  /** The packed deltas of all that are restored, or were when they went. */
  keptDeltas(): Map<SnapshotId, Buffer> {
    return new Map(parsedRows(Archived, this.#kept.all()).map(({ id, delta }) => [id, delta]))
  }

  dropDelta(id: SnapshotId): void {
    this.#drop.run(id)
  }
}
