import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { DataKeyId, KeyId, SnapshotId, VolumeId } from '../contract/ids.ts'
import { parsedRows } from './parsed-rows.ts'

export const DataKeyRow = z.strictObject({
  /** What records of blocks name it by. */
  number: z.int().positive(),
  id: DataKeyId,
  /** Whose blocks it seals. */
  owner: z.union([SnapshotId, VolumeId]),
  keyId: KeyId,
  keyVersion: z.int().positive(),
  /** 2: what it seals is listed in manifests. Its wrapping says so, too. */
  format: z.union([z.literal(1), z.literal(2)]),
  wrapped: z.instanceof(Buffer),
})
export type DataKeyRow = z.infer<typeof DataKeyRow>

/** Rows of `data_key`. They stay for as long as blocks may be sealed with them. */
export class DataKeys {
  readonly #all: Statement
  readonly #insert: Statement
  readonly #rewrap: Statement

  constructor(db: Database) {
    this.#all = db.prepare(`
      SELECT number, id, owner, key_id AS keyId, key_version AS keyVersion, format, wrapped
      FROM data_key ORDER BY number`)
    this.#insert = db.prepare(`
      INSERT INTO data_key (id, owner, key_id, key_version, format, wrapped)
      VALUES (@id, @owner, @keyId, @keyVersion, @format, @wrapped)`)
    this.#rewrap = db.prepare(`
      UPDATE data_key SET key_version = @keyVersion, format = @format, wrapped = @wrapped
      WHERE number = @number`)
  }

  all(): DataKeyRow[] {
    return parsedRows(DataKeyRow, this.#all.all())
  }

  /** @returns its number */
  insert(row: Omit<DataKeyRow, 'number'>): number {
    return Number(this.#insert.run(row).lastInsertRowid)
  }

  rewrap({ number, keyVersion, format, wrapped }: DataKeyRow): void {
    this.#rewrap.run({ number, keyVersion, format, wrapped })
  }
}
