import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { VolumeId } from '../contract/ids.ts'
import { parsedRows } from './parsed-rows.ts'

const blob = z.instanceof(Buffer)

export const VolumeLoadRow = z.strictObject({
  id: VolumeId,
  /** What is not in the volume's file yet: a packed delta of the stored blocks to copy there. */
  unloaded: blob,
  /**
   * Those of them that no snapshot has any more, deleted ones included: a packed set of indices.
   * They are kept for loads alone.
   */
  givenUp: blob,
  /**
   * Those that could not be read when their turn came: a packed set of indices. Not empty only when all
   * others are loaded.
   */
  damaged: blob,
  /** How fast it may load in the background, in MiB a second; null: as fast as it goes. */
  rateMiBPerS: z.int().positive().nullable(),
  /** Stored blocks that there were to load when the volume was made. */
  totalBlocks: z.int().nonnegative(),
  /** Blocks that were copied because something was about to read or change them. */
  touchedBlocks: z.int().nonnegative(),
  /** Blocks that were copied in their turn. */
  backgroundBlocks: z.int().nonnegative(),
  isPaused: z.int().transform(Boolean),
  /** All was there before the volume was. */
  isFastRestored: z.int().transform(Boolean),
})
export type VolumeLoadRow = z.infer<typeof VolumeLoadRow>

/** As a volume is made. */
export type NewLoad = Pick<
  VolumeLoadRow,
  'id' | 'unloaded' | 'rateMiBPerS' | 'totalBlocks' | 'isFastRestored'
>

const COLUMNS = `
  volume_id AS id, unloaded, given_up AS givenUp, damaged, rate_mib_per_s AS rateMiBPerS,
  total_blocks AS totalBlocks, touched_blocks AS touchedBlocks,
  background_blocks AS backgroundBlocks, is_paused AS isPaused,
  fast_restored AS isFastRestored`

/** Rows of `volume_load`: how far a volume that was made of a snapshot has been loaded. */
export class VolumeLoads {
  readonly #insert: Statement
  readonly #all: Statement
  readonly #update: Statement
  readonly #remove: Statement<[VolumeId]>

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO volume_load
        (volume_id, unloaded, given_up, rate_mib_per_s, total_blocks, fast_restored)
      VALUES (@id, @unloaded, x'', @rateMiBPerS, @totalBlocks, @isFastRestored)`)
    this.#all = db.prepare(`SELECT ${COLUMNS} FROM volume_load ORDER BY volume_id`)
    this.#update = db.prepare(`
      UPDATE volume_load SET unloaded = @unloaded, given_up = @givenUp, damaged = @damaged,
             rate_mib_per_s = @rateMiBPerS, touched_blocks = @touchedBlocks,
             background_blocks = @backgroundBlocks, is_paused = @isPaused
      WHERE volume_id = @id`)
    this.#remove = db.prepare('DELETE FROM volume_load WHERE volume_id = ?')
  }

  insert(row: NewLoad): void {
    this.#insert.run({ ...row, isFastRestored: Number(row.isFastRestored) })
  }

  all(): VolumeLoadRow[] {
    return parsedRows(VolumeLoadRow, this.#all.all())
  }

  update({ totalBlocks: _, isFastRestored: __, ...row }: VolumeLoadRow): void {
    this.#update.run({ ...row, isPaused: Number(row.isPaused) })
  }

  remove(id: VolumeId): void {
    this.#remove.run(id)
  }
}
