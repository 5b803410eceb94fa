import type { Database, Statement } from 'better-sqlite3'
import type { AccountId } from '../contract/account.ts'
import { type RegionName, SnapshotId, type VolumeId } from '../contract/ids.ts'
import { parsedRow, parsedRows } from './parsed-rows.ts'

/**
 * Rows of `newest_copy`: of each volume the last snapshot that an account copied to a region. It
 * stays when that copy is deleted: the next one is full then.
 */
export class Copies {
  readonly #newest: Statement<[VolumeId, AccountId, RegionName]>
  readonly #all: Statement<[]>
  readonly #set: Statement<[VolumeId, AccountId, RegionName, SnapshotId]>

  constructor(db: Database) {
    this.#newest = db
      .prepare(
        'SELECT copy_id FROM newest_copy WHERE volume_id = ? AND owner_id = ? AND region = ?',
      )
      .pluck()
    this.#all = db.prepare('SELECT copy_id FROM newest_copy ORDER BY rowid').pluck()
    this.#set = db.prepare(`
      INSERT INTO newest_copy (volume_id, owner_id, region, copy_id) VALUES (?, ?, ?, ?)
      ON CONFLICT (volume_id, owner_id, region) DO UPDATE SET copy_id = excluded.copy_id`)
  }

  newest(volume: VolumeId, owner: AccountId, region: RegionName): SnapshotId | null {
    const found = this.#newest.get(volume, owner, region)
    return found === undefined ? null : parsedRow(SnapshotId, found)
  }

  /** Of every volume, account and region, whether they are still there or not. */
  allNewest(): SnapshotId[] {
    return parsedRows(SnapshotId, this.#all.all())
  }

  setNewest(volume: VolumeId, owner: AccountId, region: RegionName, copy: SnapshotId): void {
    this.#set.run(volume, owner, region, copy)
  }
}
