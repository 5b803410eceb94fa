import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { SEGMENT_NAME } from '../blocks/segment-format.ts'
import { RegionName } from '../contract/ids.ts'
import { StorageTier } from '../contract/tiering.ts'
import { parsedRows } from './parsed-rows.ts'

export const SegmentRow = z.strictObject({
  id: z.int(),
  /** Of a name that Strata gives: no row may lead to a file elsewhere. */
  file: z.string().regex(SEGMENT_NAME),
  /** Whose folder it lies in. */
  region: RegionName,
  /** Of which its folder is. */
  tier: StorageTier,
  /** Length of the file. */
  bytes: z.int(),
  /** Of it, blocks that no delta names any more and whose space is not given back yet. */
  deadBytes: z.int(),
  /** Of it, given back by punching holes. */
  freedBytes: z.int(),
  /** All blocks in it have ids from here ... */
  firstBlockId: z.int(),
  /** ... to before here. */
  endBlockId: z.int(),
})
export type SegmentRow = z.infer<typeof SegmentRow>

/** Where a file lies; by default in the standard tier. */
export type SegmentPlace = Pick<SegmentRow, 'region' | 'file'> & Partial<Pick<SegmentRow, 'tier'>>

/** Rows of `segment`: the files of block data. */
export class Segments {
  readonly #insert: Statement
  readonly #all: Statement
  readonly #remove: Statement<[number]>
  readonly #addDead: Statement<[number, number]>
  readonly #settle: Statement<[number, number, number]>

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO segment (file, region, tier, bytes, first_block_id, end_block_id)
      VALUES (@file, @region, @tier, @bytes, @firstBlockId, @endBlockId)`)
    this.#all = db.prepare(`
      SELECT id, file, region, tier, bytes, dead_bytes AS deadBytes, freed_bytes AS freedBytes,
             first_block_id AS firstBlockId, end_block_id AS endBlockId
      FROM segment ORDER BY id`)
    this.#remove = db.prepare('DELETE FROM segment WHERE id = ?')
    this.#addDead = db.prepare('UPDATE segment SET dead_bytes = dead_bytes + ? WHERE id = ?')
    this.#settle = db.prepare('UPDATE segment SET dead_bytes = ?, freed_bytes = ? WHERE id = ?')
  }

  /** @returns its id */
  insert(
    row: Pick<SegmentRow, 'file' | 'region' | 'bytes' | 'firstBlockId' | 'endBlockId'> &
      Partial<Pick<SegmentRow, 'tier'>>,
  ): number {
    return Number(this.#insert.run({ tier: 'standard', ...row }).lastInsertRowid)
  }

  all(): SegmentRow[] {
    return parsedRows(SegmentRow, this.#all.all())
  }

  remove(id: number): void {
    this.#remove.run(id)
  }

  /** @param bytes of blocks that died just now */
  addDead(id: number, bytes: number): void {
    this.#addDead.run(bytes, id)
  }

  /** After punching: what is still dead, and what was given back so far. */
  settle(id: number, deadBytes: number, freedBytes: number): void {
    this.#settle.run(deadBytes, freedBytes, id)
  }
}
