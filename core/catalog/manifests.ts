import type { Database, Statement } from 'better-sqlite3'
import type { SnapshotId } from '../contract/ids.ts'

/** Rows of `manifest`: of encrypted snapshots, from their completion on. They never change. */
export class Manifests {
  readonly #get: Statement<[SnapshotId]>
  readonly #insert: Statement<[SnapshotId, Buffer]>

  constructor(db: Database) {
    this.#get = db.prepare('SELECT sealed FROM manifest WHERE id = ?').pluck()
    this.#insert = db.prepare('INSERT INTO manifest (id, sealed) VALUES (?, ?)')
  }

  get(id: SnapshotId): Buffer | undefined {
    return this.#get.get(id) as Buffer | undefined
  }

  insert(id: SnapshotId, sealed: Buffer): void {
    this.#insert.run(id, sealed)
  }
}
