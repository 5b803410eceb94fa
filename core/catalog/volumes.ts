import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import { RegionName, SnapshotId, VolumeId } from '../contract/ids.ts'
import { parsedRows } from './parsed-rows.ts'

const blob = z.instanceof(Buffer)

export const VolumeRow = z.strictObject({
  id: VolumeId,
  name: z.string(),
  ownerId: AccountId,
  /** Where its snapshots are taken. */
  region: RegionName,
  kind: z.enum(['linked', 'managed']),
  sizeBytes: z.int().positive(),
  createdAt: z.int(),
  /** The snapshot it was made from, even if that is gone. */
  originId: SnapshotId.nullable(),
  /** The snapshot that the next one is incremental to; it may be a dead one. */
  baseId: SnapshotId.nullable(),
  sourcePath: z.string().nullable(),
  /** What the linked file looked like when it was last read, as text. */
  sourceStamp: z.string().nullable(),
  /** What a managed volume holds: a packed delta whose block ids are places in the volume's file. */
  content: blob.nullable(),
  /** What was written since the base: a packed set of indices. */
  dirty: blob.nullable(),
  /** The number of the key that its blocks are sealed with; null: they are plain. */
  dataKey: z.int().nullable(),
  /** That of the volume it goes back to under the same key, itself maybe. */
  originKey: z.int().nullable(),
  snapshotsTaken: z.int(),
  isRemoved: z.int().transform(Boolean),
})
export type VolumeRow = z.infer<typeof VolumeRow>

/** A volume that a job is making. */
const ComingVolume = VolumeRow.pick({ id: true, ownerId: true, region: true })
export type ComingVolume = z.infer<typeof ComingVolume>

const COLUMNS = `
  id, name, owner_id AS ownerId, region, kind, size_bytes AS sizeBytes, created_at AS createdAt, origin_id AS originId,
  base_id AS baseId, source_path AS sourcePath, source_stamp AS sourceStamp, content, dirty,
  data_key AS dataKey, origin_key AS originKey,
  snapshots_taken AS snapshotsTaken, is_removed AS isRemoved`

/**
 * Rows of `volume`. A removed one stays as the name of its snapshots' origin. Rows of `coming_volume`
 * are those that a job is making: after a crash they are what it left. What a launch makes is there
 * before its instance is, and coming until then.
 */
export class Volumes {
  readonly #begin: Statement
  readonly #coming: Statement
  readonly #giveUp: Statement<[VolumeId]>
  readonly #insert: Statement
  readonly #all: Statement
  readonly #update: Statement
  readonly #remove: Statement<[VolumeId]>
  readonly #rebase: Statement<[SnapshotId, SnapshotId]>

  constructor(db: Database) {
    this.#begin = db.prepare(
      'INSERT INTO coming_volume (id, owner_id, region) VALUES (@id, @ownerId, @region)',
    )
    this.#coming = db.prepare(
      'SELECT id, owner_id AS ownerId, region FROM coming_volume ORDER BY rowid',
    )
    this.#giveUp = db.prepare('DELETE FROM coming_volume WHERE id = ?')
    this.#insert = db.prepare(`
      INSERT INTO volume (id, name, owner_id, region, kind, size_bytes, created_at, origin_id, base_id, source_path,
                          source_stamp, content, dirty, data_key, origin_key)
      VALUES (@id, @name, @ownerId, @region, @kind, @sizeBytes, @createdAt, @originId, @baseId, @sourcePath,
              @sourceStamp, @content, @dirty, @dataKey, @originKey)`)
    this.#all = db.prepare(`SELECT ${COLUMNS} FROM volume ORDER BY created_at, id`)
    this.#update = db.prepare(`
      UPDATE volume SET name = @name, size_bytes = @sizeBytes, base_id = @baseId,
             source_path = @sourcePath, source_stamp = @sourceStamp, content = @content,
             dirty = @dirty, snapshots_taken = @snapshotsTaken, is_removed = @isRemoved
      WHERE id = @id`)
    this.#remove = db.prepare('DELETE FROM volume WHERE id = ?')
    this.#rebase = db.prepare('UPDATE volume SET base_id = ? WHERE base_id = ?')
  }

  begin({ id, ownerId, region }: ComingVolume): void {
    this.#begin.run({ id, ownerId, region })
  }

  /** Those that were begun, and neither inserted since nor given up, oldest first. */
  coming(): ComingVolume[] {
    return parsedRows(ComingVolume, this.#coming.all())
  }

  giveUp(id: VolumeId): void {
    this.#giveUp.run(id)
  }

  /** What was coming is there from now on. */
  insert(row: Omit<VolumeRow, 'snapshotsTaken' | 'isRemoved'>): void {
    this.#giveUp.run(row.id)
    this.#insert.run(row)
  }

  all(): VolumeRow[] {
    return parsedRows(VolumeRow, this.#all.all())
  }

  /** @throws StrataError InvalidVolume.NotFound */
  update(row: VolumeRow): void {
    const { changes } = this.#update.run({ ...row, isRemoved: Number(row.isRemoved) })
    if (changes !== 1) throw new StrataError('InvalidVolume.NotFound', { volume: row.id })
  }

  /** Another snapshot that reads the same takes the place of a base. */
  rebase(from: SnapshotId, to: SnapshotId): void {
    this.#rebase.run(to, from)
  }

  /** For a volume that no snapshot names any more. */
  remove(id: VolumeId): void {
    this.#remove.run(id)
  }
}
