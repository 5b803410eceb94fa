import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { KeyId, RegionName } from '../contract/ids.ts'
import { KeyState } from '../contract/keys.ts'
import type { Erasures } from './erasures.ts'
import { parsedRows } from './parsed-rows.ts'

const blob = z.instanceof(Buffer)

export const MasterKeyRow = z.strictObject({
  id: KeyId,
  name: z.string(),
  account: AccountId,
  region: RegionName,
  manager: z.enum(['account', 'strata']),
  origin: z.enum(['generated', 'imported']),
  state: KeyState,
  version: z.int().positive(),
  /** The key of this version, wrapped with the library's; null: it has to be brought. */
  material: blob.nullable(),
  /** Tells whether brought material is the right one; null: none was brought yet. */
  fingerprint: blob.nullable(),
  createdAt: z.int(),
  deletedAt: z.int().nullable(),
})
export type MasterKeyRow = z.infer<typeof MasterKeyRow>

/** Rows of `master_key`: what data keys are wrapped with. */
export class MasterKeys {
  readonly #erasures: Erasures
  readonly #all: Statement
  readonly #insert: Statement
  readonly #update: Statement
  readonly #remove: Statement<[KeyId]>

  constructor(db: Database, erasures: Erasures) {
    this.#erasures = erasures
    this.#all = db.prepare(`
      SELECT id, name, account, region, manager, origin, state, version, material, fingerprint,
             created_at AS createdAt, deleted_at AS deletedAt
      FROM master_key ORDER BY created_at, id`)
    this.#insert = db.prepare(`
      INSERT INTO master_key (id, name, account, region, manager, origin, state, version, material,
                              fingerprint, created_at, deleted_at)
      VALUES (@id, @name, @account, @region, @manager, @origin, @state, @version, @material,
              @fingerprint, @createdAt, @deletedAt)`)
    this.#update = db.prepare(`
      UPDATE master_key SET name = @name, state = @state, version = @version, material = @material,
             fingerprint = @fingerprint, deleted_at = @deletedAt
      WHERE id = @id`)
    this.#remove = db.prepare('DELETE FROM master_key WHERE id = ?')
  }

  all(): MasterKeyRow[] {
    return parsedRows(MasterKeyRow, this.#all.all())
  }

  get(id: KeyId): MasterKeyRow | undefined {
    return this.all().find((row) => row.id === id)
  }

  insert(row: MasterKeyRow): void {
    this.#insert.run(row)
  }

  update({ account: _, region: _r, manager: _m, origin: _o, createdAt: _c, ...row }: MasterKeyRow) {
    this.#erasures.overwrite(() => this.#update.run(row))
  }

  /** For good: what was wrapped with it can be read by nobody from then on. */
  remove(id: KeyId): void {
    this.#erasures.overwrite(() => this.#remove.run(id))
  }
}
