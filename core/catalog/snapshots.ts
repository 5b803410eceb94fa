import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { Delta } from '../blocks/delta.ts'
import { StrataError } from '../contract/errors.ts'
import type { DeletionId, SnapshotId } from '../contract/ids.ts'
import type { StorageTier } from '../contract/tiering.ts'
import { parsedRow, parsedRows } from './parsed-rows.ts'
import { type NewSnapshot, SNAPSHOT_COLUMNS, SnapshotRow } from './snapshot-row.ts'

const StoredDelta = z.strictObject({ delta: z.instanceof(Buffer), adopted: z.instanceof(Buffer) })
export type StoredDelta = z.infer<typeof StoredDelta>

/** What a remnant has of the snapshot whose place it takes. */
const TWIN_COLUMNS = `name, description, volume_id, owner_id, region, copied_from, parent_id, started_at,
  completed_at, volume_size_bytes, delta, adopted, data_key, origin_key`

/** Rows of `snapshot`. One is begun `pending`, and is part of the lineage once it is completed. */
export class Snapshots {
  readonly #begin: Statement
  readonly #complete: Statement
  readonly #fail: Statement
  readonly #all: Statement
  readonly #stored: Statement<[SnapshotId]>
  readonly #setStored: Statement<[Buffer, Buffer, SnapshotId]>
  readonly #setParent: Statement<[SnapshotId | null, SnapshotId]>
  readonly #setKeys: Statement<[number, number, SnapshotId]>
  readonly #rename: Statement<[string, SnapshotId]>
  readonly #remove: Statement<[SnapshotId]>
  readonly #markDeleted: Statement<[DeletionId, SnapshotId]>
  readonly #markLiving: Statement<[SnapshotId]>
  readonly #setTier: Statement<[StorageTier, SnapshotId]>
  readonly #twin: Statement
  readonly #reparent: Statement
  readonly #enterBin: Statement
  readonly #exitBin: Statement<[SnapshotId]>
  readonly #settleDeleted: Statement<[SnapshotId]>

  constructor(db: Database) {
    this.#begin = db.prepare(`
      INSERT INTO snapshot (id, name, description, volume_id, owner_id, region, copied_from, parent_id, state,
                            started_at, volume_size_bytes, completion_minutes, delta, adopted)
      VALUES (@id, @name, @description, @volumeId, @ownerId, @region, @copiedFrom, @parentId, 'pending',
              @startedAt, @volumeSizeBytes, @completionMinutes, x'', x'')`)
    this.#complete = db.prepare(`
      UPDATE snapshot SET state = iif(deletion_id IS NULL, 'completed', 'deleted'),
             completed_at = @completedAt, delta = @delta
      WHERE id = @id AND state = 'pending'`)
    this.#fail = db.prepare(`
      UPDATE snapshot SET state = iif(deletion_id IS NULL, 'error', 'deleted'),
             state_message = @message, parent_id = NULL, delta = @delta
      WHERE id = @id AND state = 'pending'`)
    this.#all = db.prepare(`SELECT ${SNAPSHOT_COLUMNS} FROM snapshot ORDER BY started_at, id`)
    this.#stored = db.prepare('SELECT delta, adopted FROM snapshot WHERE id = ?')
    this.#setStored = db.prepare('UPDATE snapshot SET delta = ?, adopted = ? WHERE id = ?')
    this.#setParent = db.prepare('UPDATE snapshot SET parent_id = ? WHERE id = ?')
    this.#setKeys = db.prepare('UPDATE snapshot SET data_key = ?, origin_key = ? WHERE id = ?')
    this.#rename = db.prepare('UPDATE snapshot SET name = ? WHERE id = ?')
    this.#remove = db.prepare('DELETE FROM snapshot WHERE id = ?')
    this.#markDeleted = db.prepare(`
      UPDATE snapshot SET state = iif(state = 'pending', 'pending', 'deleted'), deletion_id = ?
      WHERE id = ? AND state <> 'deleted' AND deletion_id IS NULL`)
    this.#markLiving = db.prepare(`
      UPDATE snapshot SET deletion_id = NULL, bin_entered_at = NULL, bin_exits_at = NULL,
        state = CASE
        WHEN state = 'pending' THEN 'pending'
        WHEN completed_at IS NULL THEN 'error'
        ELSE 'completed' END
      WHERE id = ? AND (state = 'deleted' OR deletion_id IS NOT NULL)`)
    this.#setTier = db.prepare('UPDATE snapshot SET tier = ? WHERE id = ?')
    this.#twin = db.prepare(`
      INSERT INTO snapshot (${TWIN_COLUMNS}, id, state, is_left_by_archiving)
      SELECT ${TWIN_COLUMNS}, @remnantId, 'deleted', 1 FROM snapshot WHERE id = @id`)
    this.#reparent = db.prepare(`
      UPDATE snapshot SET parent_id = iif(id = @id, NULL, @remnantId)
      WHERE id = @id OR parent_id = @id`)
    this.#enterBin = db.prepare(`
      UPDATE snapshot SET state = 'deleted', deletion_id = @deletionId,
             bin_entered_at = @enteredAt, bin_exits_at = @exitsAt
      WHERE id = @id AND (state = 'completed' OR deletion_id = @deletionId)`)
    this.#exitBin = db.prepare(`
      UPDATE snapshot SET deletion_id = NULL, bin_entered_at = NULL, bin_exits_at = NULL
      WHERE id = ? AND bin_exits_at IS NOT NULL`)
    this.#settleDeleted = db.prepare('UPDATE snapshot SET deletion_id = NULL WHERE id = ?')
  }

  begin(row: NewSnapshot): void {
    this.#begin.run({ completionMinutes: null, ...row })
  }

  /**
   * One whose deletion was asked for meanwhile is deleted at once.
   *
   * @throws StrataError InvalidSnapshot.NotFound when no snapshot is pending under `id`
   */
  complete(id: SnapshotId, completedAt: number, delta: Buffer): void {
    this.#expectOne(this.#complete.run({ id, completedAt, delta }).changes, id)
  }

  /**
   * It holds nothing and stays to tell why; one whose deletion was asked for meanwhile is deleted.
   *
   * @throws StrataError InvalidSnapshot.NotFound when no snapshot is pending under `id`
   */
  fail(id: SnapshotId, message: string): void {
    const delta = Delta.EMPTY.encode()
    this.#expectOne(this.#fail.run({ id, message, delta }).changes, id)
  }

  /** All of them, oldest first. Rows are parsed: the file may come from elsewhere. */
  all(): SnapshotRow[] {
    return parsedRows(SnapshotRow, this.#all.all())
  }

  /**
   * The packed delta, and the packed set of its indices that came from merged ancestors.
   *
   * @throws StrataError InvalidSnapshot.NotFound
   */
  storedOf(id: SnapshotId): StoredDelta {
    const row = this.#stored.get(id)
    if (row === undefined) throw new StrataError('InvalidSnapshot.NotFound', { snapshot: id })
    return parsedRow(StoredDelta, row)
  }

  setStored(id: SnapshotId, { delta, adopted }: StoredDelta): void {
    this.#expectOne(this.#setStored.run(delta, adopted, id).changes, id)
  }

  setParent(id: SnapshotId, parentId: SnapshotId | null): void {
    this.#expectOne(this.#setParent.run(parentId, id).changes, id)
  }

  /** It is encrypted from now on. */
  setKeys(id: SnapshotId, dataKey: number, originKey: number): void {
    this.#expectOne(this.#setKeys.run(dataKey, originKey, id).changes, id)
  }

  rename(id: SnapshotId, name: string): void {
    this.#expectOne(this.#rename.run(name, id).changes, id)
  }

  remove(id: SnapshotId): void {
    this.#expectOne(this.#remove.run(id).changes, id)
  }

  /** One that is pending goes when it is completed, or has failed. */
  markDeleted(id: SnapshotId, deletionId: DeletionId): void {
    this.#expectOne(this.#markDeleted.run(deletionId, id).changes, id)
  }

  markLiving(id: SnapshotId): void {
    this.#expectOne(this.#markLiving.run(id).changes, id)
  }

  enterBin(id: SnapshotId, deletionId: DeletionId, enteredAt: number, exitsAt: number): void {
    this.#expectOne(this.#enterBin.run({ id, deletionId, enteredAt, exitsAt }).changes, id)
  }

  setTier(id: SnapshotId, tier: StorageTier): void {
    this.#expectOne(this.#setTier.run(tier, id).changes, id)
  }

  /** Takes it out of its tree, for the archive: a deleted one with what it says takes its place there. */
  detach(id: SnapshotId, remnantId: SnapshotId): void {
    this.#expectOne(this.#twin.run({ id, remnantId }).changes, id)
    this.#reparent.run({ id, remnantId })
  }

  /** It is deleted for good. */
  exitBin(id: SnapshotId): void {
    this.#expectOne(this.#exitBin.run(id).changes, id)
  }

  /** The deletion of `id` can no longer be undone; it stays as a remnant or in the bin. */
  settleDeleted(id: SnapshotId): void {
    this.#expectOne(this.#settleDeleted.run(id).changes, id)
  }

  #expectOne(changes: number, id: SnapshotId): void {
    if (changes !== 1) throw new StrataError('InvalidSnapshot.NotFound', { snapshot: id })
  }
}
