import type { Database, Statement } from 'better-sqlite3'

/**
 * Rows of `unfinished_file`: files outside the library that are being written, by the name that they
 * have until they are whole. What an interrupted program left is found by them.
 */
export class UnfinishedFiles {
  readonly #add: Statement<[string]>
  readonly #all: Statement
  readonly #remove: Statement<[string]>

  constructor(db: Database) {
    this.#add = db.prepare('INSERT OR IGNORE INTO unfinished_file (path) VALUES (?)')
    this.#all = db.prepare('SELECT path FROM unfinished_file').pluck()
    this.#remove = db.prepare('DELETE FROM unfinished_file WHERE path = ?')
  }

  add(path: string): void {
    this.#add.run(path)
  }

  all(): string[] {
    return this.#all.all().map(String)
  }

  remove(path: string): void {
    this.#remove.run(path)
  }
}
