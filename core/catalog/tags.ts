import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { Tag } from '../contract/tags.ts'
import { parsedRows } from './parsed-rows.ts'

const Row = z.strictObject({ id: z.string(), ...Tag.shape })

/** Rows of `snapshot_tag` or of `volume_tag`; what goes takes its own with it. */
export class Tags<Id extends string> {
  readonly #all: Statement
  readonly #of: Statement<[Id]>
  readonly #set: Statement<[Id, string, string]>
  readonly #remove: Statement<[Id, string]>

  constructor(db: Database, table: 'snapshot_tag' | 'volume_tag') {
    this.#all = db.prepare(`SELECT id, key, value FROM ${table} ORDER BY id, key`)
    this.#of = db.prepare(`SELECT id, key, value FROM ${table} WHERE id = ? ORDER BY key`)
    this.#set = db.prepare(`INSERT OR REPLACE INTO ${table} (id, key, value) VALUES (?, ?, ?)`)
    this.#remove = db.prepare(`DELETE FROM ${table} WHERE id = ? AND key = ?`)
  }

  /** By what they are on, each in order of keys. */
  all(): Map<string, Tag[]> {
    const tags = new Map<string, Tag[]>()
    for (const { id, key, value } of parsedRows(Row, this.#all.all())) {
      const own = tags.get(id)
      if (own === undefined) tags.set(id, [{ key, value }])
      else own.push({ key, value })
    }
    return tags
  }

  /** In order of keys. */
  of(id: Id): Tag[] {
    return parsedRows(Row, this.#of.all(id)).map(({ key, value }) => ({ key, value }))
  }

  /** Each takes the place of the one with its key. */
  set(id: Id, tags: readonly Tag[]): void {
    for (const { key, value } of tags) this.#set.run(id, key, value)
  }

  remove(id: Id, key: string): void {
    this.#remove.run(id, key)
  }
}
