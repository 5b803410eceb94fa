import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'

export const SegmentRow = z.strictObject({
  id: z.int(),
  file: z.string(),
  /** Length of the file. */
  bytes: z.int(),
  /** Of it, given back by punching holes. */
  freedBytes: z.int(),
  /** All blocks in it have ids from here ... */
  firstBlockId: z.int(),
  /** ... to before here. */
  endBlockId: z.int(),
})
export type SegmentRow = z.infer<typeof SegmentRow>

/** A stretch of a segment file that no block needs any more. */
export type Garbage = Readonly<{ segmentId: number; offset: number; length: number }>

/** Rows of `segment`, the files of block data, and of `garbage`, what is dead in them. */
export class Segments {
  readonly #insert: Statement
  readonly #all: Statement
  readonly #remove: Statement<[number]>
  readonly #addFreed: Statement<[number, number]>
  readonly #addGarbage: Statement<[number, number, number]>
  readonly #garbage: Statement
  readonly #garbageBytes: Statement
  readonly #clearGarbage: Statement<[number]>

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO segment (file, bytes, first_block_id, end_block_id)
      VALUES (@file, @bytes, @firstBlockId, @endBlockId)`)
    this.#all = db.prepare(`
      SELECT id, file, bytes, freed_bytes AS freedBytes, first_block_id AS firstBlockId,
             end_block_id AS endBlockId
      FROM segment ORDER BY id`)
    this.#remove = db.prepare('DELETE FROM segment WHERE id = ?')
    this.#addFreed = db.prepare('UPDATE segment SET freed_bytes = freed_bytes + ? WHERE id = ?')
    this.#addGarbage = db.prepare(
      'INSERT INTO garbage (segment_id, offset, length) VALUES (?, ?, ?)',
    )
    this.#garbage = db.prepare(`
      SELECT segment_id AS segmentId, offset, length FROM garbage ORDER BY segment_id, offset`)
    this.#garbageBytes = db.prepare('SELECT coalesce(sum(length), 0) FROM garbage').pluck()
    this.#clearGarbage = db.prepare('DELETE FROM garbage WHERE segment_id = ?')
  }

  /** @returns its id */
  insert(row: Pick<SegmentRow, 'file' | 'bytes' | 'firstBlockId' | 'endBlockId'>): number {
    return Number(this.#insert.run(row).lastInsertRowid)
  }

  all(): SegmentRow[] {
    return this.#all.all().map((row) => SegmentRow.parse(row))
  }

  /** Its garbage goes with it. */
  remove(id: number): void {
    this.#remove.run(id)
  }

  /** @param bytes that the file system took back from the file, which stays */
  addFreed(id: number, bytes: number): void {
    this.#addFreed.run(bytes, id)
  }

  addGarbage(garbage: Garbage): void {
    this.#addGarbage.run(garbage.segmentId, garbage.offset, garbage.length)
  }

  garbage(): Garbage[] {
    return this.#garbage.all() as Garbage[]
  }

  garbageBytes(): number {
    return this.#garbageBytes.get() as number
  }

  clearGarbage(segmentId: number): void {
    this.#clearGarbage.run(segmentId)
  }
}
