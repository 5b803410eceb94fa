import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import type { AccountId } from '../contract/account.ts'
import { Tag } from '../contract/tags.ts'
import { parsedRows } from './parsed-rows.ts'

const Row = z.strictObject({ id: z.string(), ...Tag.shape })

/**
 * Rows of `snapshot_tag`, `volume_tag` or `image_tag`: each account has its own on what it reaches. A
 * snapshot or a volume that goes takes all on it with it.
 */
export class Tags<Id extends string> {
  readonly #all: Statement<[AccountId]>
  readonly #of: Statement<[Id, AccountId]>
  readonly #set: Statement<[Id, AccountId, string, string]>
  readonly #remove: Statement<[Id, AccountId, string]>
  readonly #keepOnly: Statement<[Id, string]>

  constructor(db: Database, table: 'snapshot_tag' | 'volume_tag' | 'image_tag') {
    this.#all = db.prepare(`
      SELECT id, key, value FROM ${table} WHERE account = ? ORDER BY id, key`)
    this.#of = db.prepare(`
      SELECT id, key, value FROM ${table} WHERE id = ? AND account = ? ORDER BY key`)
    this.#set = db.prepare(`
      INSERT OR REPLACE INTO ${table} (id, account, key, value) VALUES (?, ?, ?, ?)`)
    this.#remove = db.prepare(`DELETE FROM ${table} WHERE id = ? AND account = ? AND key = ?`)
    this.#keepOnly = db.prepare(`
      DELETE FROM ${table}
      WHERE id = ? AND account NOT IN (SELECT value FROM json_each(?))`)
  }

  /** Of one account, by what they are on, each in order of keys. */
  all(account: AccountId): Map<string, Tag[]> {
    const tags = new Map<string, Tag[]>()
    for (const { id, key, value } of parsedRows(Row, this.#all.all(account))) {
      const own = tags.get(id)
      if (own === undefined) tags.set(id, [{ key, value }])
      else own.push({ key, value })
    }
    return tags
  }

  /** In order of keys. */
  of(id: Id, account: AccountId): Tag[] {
    return parsedRows(Row, this.#of.all(id, account)).map(({ key, value }) => ({ key, value }))
  }

  /** Each takes the place of the account's one with its key. */
  set(id: Id, account: AccountId, tags: readonly Tag[]): void {
    for (const { key, value } of tags) this.#set.run(id, account, key, value)
  }

  remove(id: Id, account: AccountId, key: string): void {
    this.#remove.run(id, account, key)
  }

  /** Those of all other accounts go. */
  keepOnly(id: Id, accounts: readonly AccountId[]): void {
    this.#keepOnly.run(id, JSON.stringify(accounts))
  }
}
