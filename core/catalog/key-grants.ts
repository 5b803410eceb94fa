import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { KeyId } from '../contract/ids.ts'
import { parsedRows } from './parsed-rows.ts'

const KeyGrantRow = z.strictObject({ keyId: KeyId, grantee: AccountId })
export type KeyGrantRow = z.infer<typeof KeyGrantRow>

/** Rows of `key_grant`: a set. A key that goes takes its own with it. */
export class KeyGrants {
  readonly #add: Statement<[KeyId, AccountId]>
  readonly #remove: Statement<[KeyId, AccountId]>
  readonly #all: Statement<[]>

  constructor(db: Database) {
    this.#add = db.prepare('INSERT OR IGNORE INTO key_grant (key_id, grantee) VALUES (?, ?)')
    this.#remove = db.prepare('DELETE FROM key_grant WHERE key_id = ? AND grantee = ?')
    this.#all = db.prepare(
      'SELECT key_id AS keyId, grantee FROM key_grant ORDER BY key_id, grantee',
    )
  }

  add({ keyId, grantee }: KeyGrantRow): void {
    this.#add.run(keyId, grantee)
  }

  remove({ keyId, grantee }: KeyGrantRow): void {
    this.#remove.run(keyId, grantee)
  }

  all(): KeyGrantRow[] {
    return parsedRows(KeyGrantRow, this.#all.all())
  }

  /** Whom a key is shared with, in ascending order. */
  of(keyId: KeyId): AccountId[] {
    return this.all().flatMap((row) => (row.keyId === keyId ? [row.grantee] : []))
  }
}
