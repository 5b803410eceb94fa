import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { RegionName } from '../contract/ids.ts'
import { parsedRow } from './parsed-rows.ts'

const LibraryFacts = z.strictObject({
  libraryId: z.string(),
  createdAt: z.int(),
  revision: z.int(),
  isPractice: z.int().transform(Boolean),
  compression: z.enum(['zstd', 'none']),
  nextBlockId: z.int(),
  currentRegion: RegionName,
  currentAccount: AccountId,
})
export type LibraryFacts = z.infer<typeof LibraryFacts>

/** The one row of `library`. */
export class LibraryRow {
  readonly #insert: Statement
  readonly #read: Statement
  readonly #bump: Statement
  readonly #take: Statement<[number]>
  readonly #setRegion: Statement<[RegionName]>
  readonly #setAccount: Statement<[AccountId]>

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO library
        (one, library_id, created_at, revision, is_practice, compression, next_block_id)
      VALUES (1, @libraryId, @createdAt, 0, @isPractice, @compression, 0)`)
    this.#read = db.prepare(`
      SELECT library_id AS libraryId, created_at AS createdAt, revision,
             is_practice AS isPractice, compression, next_block_id AS nextBlockId,
             current_region AS currentRegion, current_account AS currentAccount
      FROM library`)
    this.#bump = db.prepare('UPDATE library SET revision = revision + 1')
    this.#setRegion = db.prepare('UPDATE library SET current_region = ?')
    this.#setAccount = db.prepare('UPDATE library SET current_account = ?')
    this.#take = db.prepare('UPDATE library SET next_block_id = next_block_id + ?')
  }

  begin(facts: {
    libraryId: string
    createdAt: number
    isPractice: boolean
    compression: 'zstd' | 'none'
  }): void {
    this.#insert.run({ ...facts, isPractice: Number(facts.isPractice) })
  }

  /** undefined in a catalog whose making was interrupted. */
  read(): LibraryFacts | undefined {
    const row = this.#read.get()
    return row === undefined ? undefined : parsedRow(LibraryFacts, row)
  }

  /** Every change of facts raises the revision, so that a plan made before it is known as stale. */
  raiseRevision(): void {
    this.#bump.run()
  }

  setCurrentRegion(name: RegionName): void {
    this.#setRegion.run(name)
  }

  setCurrentAccount(id: AccountId): void {
    this.#setAccount.run(id)
  }

  /** @returns the first of `count` block ids never used before, in a row */
  takeBlockIds(count: number): number {
    const first = this.read()!.nextBlockId
    this.#take.run(count)
    return first
  }
}
