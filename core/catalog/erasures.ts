import Sqlite, { type Database } from 'better-sqlite3'

/** SQLite leaves what it deletes in freed pages until they are needed. Of what goes here nothing stays. */
export function overwriting(db: Database, change: () => void): void {
  db.pragma('secure_delete = ON')
  try {
    change()
  } finally {
    // As the catalog was opened.
    db.pragma('secure_delete = FAST')
  }
}

/** Rows that are overwritten on the disk when they change: what they held opened keys. */
export class Erasures {
  readonly #db: Database
  #isDue = false

  constructor(db: Database) {
    this.#db = db
  }

  overwrite(change: () => void): void {
    this.#isDue = true
    overwriting(this.#db, change)
  }

  /**
   * Comes after each transaction: what was overwritten in the file still stands in the log beside it.
   * Where the disk has no room to empty that, the next one does, or closing.
   */
  settle(): void {
    if (!this.#isDue) return
    try {
      const busy = this.#db.pragma('wal_checkpoint(TRUNCATE)', { simple: true })
      this.#isDue = busy !== 0
    } catch (error) {
      if (!(error instanceof Sqlite.SqliteError)) throw error
    }
  }
}
