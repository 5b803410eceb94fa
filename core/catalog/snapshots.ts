import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import { type DeletionId, RegionName, SnapshotId, VolumeId } from '../contract/ids.ts'
import { parsedRows } from './parsed-rows.ts'

/** A node of the lineage. `deleted` ones stay while others read through them, or until reclaimed. */
export const SnapshotRow = z.strictObject({
  id: SnapshotId,
  name: z.string(),
  description: z.string(),
  volumeId: VolumeId,
  /** Its parent is of the same owner. */
  ownerId: AccountId,
  /** Where its blocks lie; its parent lies there too. */
  region: RegionName,
  /** The snapshot that it is a copy of, even if that is gone. */
  copiedFrom: SnapshotId.nullable(),
  parentId: SnapshotId.nullable(),
  state: z.enum(['pending', 'completed', 'deleted']),
  startedAt: z.int(),
  completedAt: z.int().nullable(),
  volumeSizeBytes: z.int(),
  deletionId: z.string().nullable(),
})
export type SnapshotRow = z.infer<typeof SnapshotRow>

const StoredDelta = z.strictObject({ delta: z.instanceof(Buffer), adopted: z.instanceof(Buffer) })
export type StoredDelta = z.infer<typeof StoredDelta>

const COLUMNS = `
  id, name, description, volume_id AS volumeId, owner_id AS ownerId, region, copied_from AS copiedFrom, parent_id AS parentId, state,
  started_at AS startedAt, completed_at AS completedAt, volume_size_bytes AS volumeSizeBytes,
  deletion_id AS deletionId`

/** Rows of `snapshot`. One is begun `pending`, and is part of the lineage once it is completed. */
export class Snapshots {
  readonly #begin: Statement
  readonly #complete: Statement
  readonly #all: Statement
  readonly #stored: Statement<[SnapshotId]>
  readonly #setStored: Statement<[Buffer, Buffer, SnapshotId]>
  readonly #setParent: Statement<[SnapshotId | null, SnapshotId]>
  readonly #rename: Statement<[string, SnapshotId]>
  readonly #remove: Statement<[SnapshotId]>
  readonly #markDeleted: Statement<[DeletionId, SnapshotId]>
  readonly #markLiving: Statement<[SnapshotId]>
  readonly #settleDeleted: Statement<[SnapshotId]>

  constructor(db: Database) {
    this.#begin = db.prepare(`
      INSERT INTO snapshot (id, name, description, volume_id, owner_id, region, copied_from, parent_id, state, started_at,
                            volume_size_bytes, delta, adopted)
      VALUES (@id, @name, @description, @volumeId, @ownerId, @region, @copiedFrom, @parentId, 'pending', @startedAt,
              @volumeSizeBytes, x'', x'')`)
    this.#complete = db.prepare(`
      UPDATE snapshot SET state = 'completed', completed_at = @completedAt, delta = @delta
      WHERE id = @id AND state = 'pending'`)
    this.#all = db.prepare(`SELECT ${COLUMNS} FROM snapshot ORDER BY started_at, id`)
    this.#stored = db.prepare('SELECT delta, adopted FROM snapshot WHERE id = ?')
    this.#setStored = db.prepare('UPDATE snapshot SET delta = ?, adopted = ? WHERE id = ?')
    this.#setParent = db.prepare('UPDATE snapshot SET parent_id = ? WHERE id = ?')
    this.#rename = db.prepare('UPDATE snapshot SET name = ? WHERE id = ?')
    this.#remove = db.prepare('DELETE FROM snapshot WHERE id = ?')
    this.#markDeleted = db.prepare(`
      UPDATE snapshot SET state = 'deleted', deletion_id = ? WHERE id = ? AND state = 'completed'`)
    this.#markLiving = db.prepare(`
      UPDATE snapshot SET state = 'completed', deletion_id = NULL
      WHERE id = ? AND state = 'deleted'`)
    this.#settleDeleted = db.prepare('UPDATE snapshot SET deletion_id = NULL WHERE id = ?')
  }

  begin(row: Omit<SnapshotRow, 'state' | 'completedAt' | 'deletionId'>): void {
    this.#begin.run(row)
  }

  /** @throws StrataError SNAPSHOT_UNKNOWN when no snapshot is pending under `id` */
  complete(id: SnapshotId, completedAt: number, delta: Buffer): void {
    this.#expectOne(this.#complete.run({ id, completedAt, delta }).changes, id)
  }

  /** All of them, oldest first. Rows are parsed: the file may come from elsewhere. */
  all(): SnapshotRow[] {
    return parsedRows(SnapshotRow, this.#all.all())
  }

  /**
   * The packed delta, and the packed set of its indices that came from merged ancestors.
   *
   * @throws StrataError SNAPSHOT_UNKNOWN
   */
  storedOf(id: SnapshotId): StoredDelta {
    const row = this.#stored.get(id)
    if (row === undefined) throw new StrataError('SNAPSHOT_UNKNOWN', { snapshot: id })
    return StoredDelta.parse(row)
  }

  setStored(id: SnapshotId, { delta, adopted }: StoredDelta): void {
    this.#expectOne(this.#setStored.run(delta, adopted, id).changes, id)
  }

  setParent(id: SnapshotId, parentId: SnapshotId | null): void {
    this.#expectOne(this.#setParent.run(parentId, id).changes, id)
  }

  rename(id: SnapshotId, name: string): void {
    this.#expectOne(this.#rename.run(name, id).changes, id)
  }

  remove(id: SnapshotId): void {
    this.#expectOne(this.#remove.run(id).changes, id)
  }

  markDeleted(id: SnapshotId, deletionId: DeletionId): void {
    this.#expectOne(this.#markDeleted.run(deletionId, id).changes, id)
  }

  markLiving(id: SnapshotId): void {
    this.#expectOne(this.#markLiving.run(id).changes, id)
  }

  /** The deletion of `id` can no longer be undone; it stays only as a remnant. */
  settleDeleted(id: SnapshotId): void {
    this.#expectOne(this.#settleDeleted.run(id).changes, id)
  }

  #expectOne(changes: number, id: SnapshotId): void {
    if (changes !== 1) throw new StrataError('SNAPSHOT_UNKNOWN', { snapshot: id })
  }
}
