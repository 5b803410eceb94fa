import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { InstanceId, SnapshotId, SnapshotSetId } from '../contract/ids.ts'
import { parsedRows } from './parsed-rows.ts'

const Row = z.strictObject({ snapshotId: SnapshotId, setId: SnapshotSetId, instanceId: InstanceId })
type Row = z.infer<typeof Row>

/** Rows of `snapshot_set`: which snapshots were taken together. They go with their snapshots. */
export class SnapshotSets {
  readonly #add: Statement
  readonly #all: Statement

  constructor(db: Database) {
    this.#add = db.prepare(`
      INSERT INTO snapshot_set (snapshot_id, set_id, instance_id)
      VALUES (@snapshotId, @setId, @instanceId)`)
    this.#all = db.prepare(`
      SELECT snapshot_id AS snapshotId, set_id AS setId, instance_id AS instanceId
      FROM snapshot_set ORDER BY rowid`)
  }

  add(row: Row): void {
    this.#add.run(row)
  }

  /** The members of each set, in the order in which they were begun. */
  all(): Map<SnapshotSetId, Row[]> {
    const sets = new Map<SnapshotSetId, Row[]>()
    for (const row of parsedRows(Row, this.#all.all())) {
      sets.set(row.setId, [...(sets.get(row.setId) ?? []), row])
    }
    return sets
  }
}
