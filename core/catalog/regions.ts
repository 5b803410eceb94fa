import type { Database, Statement } from 'better-sqlite3'
import { RegionName } from '../contract/ids.ts'
import { parsedRows } from './parsed-rows.ts'

/** Where everything lies in a library that nobody added a region to. */
export const FIRST_REGION = RegionName.parse('local')

/** Rows of `region`. */
export class Regions {
  readonly #insert: Statement<[RegionName, number]>
  readonly #all: Statement

  constructor(db: Database) {
    this.#insert = db.prepare('INSERT INTO region (name, created_at) VALUES (?, ?)')
    this.#all = db.prepare('SELECT name FROM region ORDER BY created_at, name').pluck()
  }

  insert(name: RegionName, createdAt: number): void {
    this.#insert.run(name, createdAt)
  }

  /** Oldest first. */
  all(): RegionName[] {
    return parsedRows(RegionName, this.#all.all())
  }
}
