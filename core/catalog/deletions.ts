import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { DeletionId } from '../contract/ids.ts'
import { parsedRows } from './parsed-rows.ts'

export const DeletionRow = z.strictObject({
  id: DeletionId,
  deletedAt: z.int(),
  undoableUntil: z.int().nullable(),
  releasedBytes: z.int(),
})
export type DeletionRow = z.infer<typeof DeletionRow>

/** Rows of `deletion`: those that can still be undone, each naming its snapshots by their rows. */
export class Deletions {
  readonly #insert: Statement
  readonly #all: Statement
  readonly #addReleased: Statement<[number, DeletionId]>
  readonly #removeEmpty: Statement
  readonly #remove: Statement<[DeletionId]>

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO deletion (id, deleted_at, undoable_until, released_bytes)
      VALUES (@id, @deletedAt, @undoableUntil, @releasedBytes)`)
    this.#all = db.prepare(`
      SELECT id, deleted_at AS deletedAt, undoable_until AS undoableUntil,
             released_bytes AS releasedBytes
      FROM deletion ORDER BY deleted_at, rowid`)
    this.#addReleased = db.prepare(
      'UPDATE deletion SET released_bytes = released_bytes + ? WHERE id = ?',
    )
    this.#removeEmpty = db.prepare(`
      DELETE FROM deletion
      WHERE NOT EXISTS (SELECT 1 FROM snapshot WHERE deletion_id = deletion.id)`)
    this.#remove = db.prepare('DELETE FROM deletion WHERE id = ?')
  }

  insert(row: DeletionRow): void {
    this.#insert.run(row)
  }

  /** Oldest first. */
  all(): DeletionRow[] {
    return parsedRows(DeletionRow, this.#all.all())
  }

  /** What a snapshot held that was completed only after its deletion. */
  addReleased(id: DeletionId, bytes: number): void {
    this.#addReleased.run(bytes, id)
  }

  /** Those of snapshots that are never going to be. */
  removeEmpty(): void {
    this.#removeEmpty.run()
  }

  remove(id: DeletionId): void {
    this.#remove.run(id)
  }
}
