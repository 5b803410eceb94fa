import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { parsedRows } from './parsed-rows.ts'

const AccountRow = z.strictObject({ id: AccountId, name: z.string() })
export type AccountRow = z.infer<typeof AccountRow>

/** Rows of `account`: who may own things. */
export class Accounts {
  readonly #insert: Statement<[AccountId, string, number]>
  readonly #all: Statement<[]>

  constructor(db: Database) {
    this.#insert = db.prepare('INSERT INTO account (id, name, created_at) VALUES (?, ?, ?)')
    this.#all = db.prepare('SELECT id, name FROM account ORDER BY created_at, id')
  }

  insert({ id, name }: AccountRow, createdAt: number): void {
    this.#insert.run(id, name, createdAt)
  }

  /** Oldest first. */
  all(): AccountRow[] {
    return parsedRows(AccountRow, this.#all.all())
  }
}
