import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { KeyId, RegionName } from '../contract/ids.ts'
import { parsedRows } from './parsed-rows.ts'

const EncryptionDefaultRow = z.strictObject({
  account: AccountId,
  region: RegionName,
  isOn: z.int().transform(Boolean),
  /** null: the account's own key for the region. */
  keyId: KeyId.nullable(),
})
export type EncryptionDefaultRow = z.infer<typeof EncryptionDefaultRow>

/** Rows of `encryption_default`; without one encryption by default is off. */
export class EncryptionDefaults {
  readonly #all: Statement
  readonly #set: Statement

  constructor(db: Database) {
    this.#all = db.prepare(
      'SELECT account, region, is_on AS isOn, key_id AS keyId FROM encryption_default',
    )
    this.#set = db.prepare(`
      INSERT INTO encryption_default (account, region, is_on, key_id)
      VALUES (@account, @region, @isOn, @keyId)
      ON CONFLICT (account, region) DO UPDATE SET is_on = excluded.is_on, key_id = excluded.key_id`)
  }

  of(account: AccountId, region: RegionName): EncryptionDefaultRow {
    const rows = parsedRows(EncryptionDefaultRow, this.#all.all())
    const row = rows.find((one) => one.account === account && one.region === region)
    return row ?? { account, region, isOn: false, keyId: null }
  }

  set(row: EncryptionDefaultRow): void {
    this.#set.run({ ...row, isOn: Number(row.isOn) })
  }
}
