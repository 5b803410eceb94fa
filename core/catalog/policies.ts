import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { PolicyId, RegionName } from '../contract/ids.ts'
import { Schedule } from '../contract/policy.ts'
import { Tag } from '../contract/tags.ts'
import { parsedRows } from './parsed-rows.ts'

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text) => JSON.parse(text))
    .pipe(schema)

const PolicyRow = z.strictObject({
  id: PolicyId,
  accountId: AccountId,
  region: RegionName,
  description: z.string(),
  targetTags: json(z.array(Tag)),
  schedules: json(z.array(Schedule)),
  isEnabled: z.int().transform(Boolean),
  problem: z.string().nullable(),
  /** Whatever was to be done up to here is done, or told to have failed. */
  settledUntil: z.int(),
  lastRunAt: z.int().nullable(),
})
export type PolicyRow = z.infer<typeof PolicyRow>

/** Rows of `policy`. */
export class Policies {
  readonly #put: Statement
  readonly #all: Statement
  readonly #remove: Statement<[PolicyId]>

  constructor(db: Database) {
    this.#put = db.prepare(`
      INSERT INTO policy (id, account, region, description, target_tags, schedules, is_enabled,
                          problem, settled_until, last_run_at)
      VALUES (@id, @accountId, @region, @description, @targetTags, @schedules, @isEnabled,
              @problem, @settledUntil, @lastRunAt)
      ON CONFLICT (id) DO UPDATE SET
        description = @description, target_tags = @targetTags, schedules = @schedules,
        is_enabled = @isEnabled, problem = @problem, settled_until = @settledUntil,
        last_run_at = @lastRunAt`)
    this.#all = db.prepare(`
      SELECT id, account AS accountId, region, description, target_tags AS targetTags, schedules,
             is_enabled AS isEnabled, problem, settled_until AS settledUntil,
             last_run_at AS lastRunAt
      FROM policy ORDER BY rowid`)
    this.#remove = db.prepare('DELETE FROM policy WHERE id = ?')
  }

  /** A new one, or all but the place of one that is there. */
  put(row: PolicyRow): void {
    this.#put.run({
      ...row,
      targetTags: JSON.stringify(row.targetTags),
      schedules: JSON.stringify(row.schedules),
      isEnabled: Number(row.isEnabled),
    })
  }

  /** Oldest first. */
  all(): PolicyRow[] {
    return parsedRows(PolicyRow, this.#all.all())
  }

  remove(id: PolicyId): void {
    this.#remove.run(id)
  }
}
