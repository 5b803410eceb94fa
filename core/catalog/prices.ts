import type { Database, Statement } from 'better-sqlite3'
import { PriceTable } from '../contract/money.ts'
import { json, parsedRow } from './parsed-rows.ts'

/** The one row of `price_table`, if somebody wrote down prices of their own. */
export class Prices {
  readonly #read: Statement
  readonly #write: Statement<[string]>

  constructor(db: Database) {
    this.#read = db.prepare('SELECT prices FROM price_table').pluck()
    this.#write = db.prepare(`
      INSERT INTO price_table (one, prices) VALUES (1, ?)
      ON CONFLICT (one) DO UPDATE SET prices = excluded.prices`)
  }

  read(): PriceTable | null {
    const row = this.#read.get()
    return row === undefined ? null : parsedRow(json(PriceTable), row)
  }

  write(prices: PriceTable): void {
    this.#write.run(JSON.stringify(prices))
  }
}
