import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { VolumeId } from '../contract/ids.ts'
import type { Erasures } from './erasures.ts'
import { parsedRows } from './parsed-rows.ts'

const LoadKeyRow = z.strictObject({
  volumeId: VolumeId,
  /** The number of a data key that stored blocks are sealed with. */
  dataKey: z.int().positive(),
  /** That key, wrapped with the volume's. */
  wrapped: z.instanceof(Buffer),
})
export type LoadKeyRow = z.infer<typeof LoadKeyRow>

/** Rows of `load_key`: what else opens the blocks that a volume has yet to load. */
export class LoadKeys {
  readonly #erasures: Erasures
  readonly #of: Statement<[VolumeId]>
  readonly #insert: Statement
  readonly #remove: Statement<[VolumeId]>

  constructor(db: Database, erasures: Erasures) {
    this.#erasures = erasures
    this.#of = db.prepare(`
      SELECT volume_id AS volumeId, data_key AS dataKey, wrapped
      FROM load_key WHERE volume_id = ? ORDER BY data_key`)
    this.#insert = db.prepare(`
      INSERT INTO load_key (volume_id, data_key, wrapped) VALUES (@volumeId, @dataKey, @wrapped)`)
    this.#remove = db.prepare('DELETE FROM load_key WHERE volume_id = ?')
  }

  of(volumeId: VolumeId): LoadKeyRow[] {
    return parsedRows(LoadKeyRow, this.#of.all(volumeId))
  }

  insert(row: LoadKeyRow): void {
    this.#insert.run(row)
  }

  remove(volumeId: VolumeId): void {
    if (this.#of.get(volumeId) === undefined) return
    this.#erasures.overwrite(() => this.#remove.run(volumeId))
  }
}
