import type { Database, Statement } from 'better-sqlite3'
import type { AccountId } from '../contract/account.ts'
import type { RegionName } from '../contract/ids.ts'
import { PublicAccessState } from '../contract/sharing.ts'
import { parsedRow } from './parsed-rows.ts'

/** Rows of `public_access`, by account and region. Without one nothing is blocked. */
export class PublicAccessSettings {
  readonly #get: Statement<[AccountId, RegionName]>
  readonly #set: Statement<[AccountId, RegionName, PublicAccessState]>

  constructor(db: Database) {
    this.#get = db
      .prepare('SELECT state FROM public_access WHERE account = ? AND region = ?')
      .pluck()
    this.#set = db.prepare(`
      INSERT OR REPLACE INTO public_access (account, region, state) VALUES (?, ?, ?)`)
  }

  get(account: AccountId, region: RegionName): PublicAccessState {
    return parsedRow(PublicAccessState, this.#get.get(account, region) ?? 'unblocked')
  }

  set(account: AccountId, region: RegionName, state: PublicAccessState): void {
    this.#set.run(account, region, state)
  }
}
