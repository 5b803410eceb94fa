import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import type { AccountId } from '../contract/account.ts'
import type { RuleId } from '../contract/ids.ts'
import { RetentionRule } from '../contract/recycle-bin.ts'
import { Tag } from '../contract/tags.ts'
import { json, parsedRows } from './parsed-rows.ts'

const tags = json(z.array(Tag))
const Row = z.strictObject({ ...RetentionRule.shape, tags, excludedTags: tags })

/** Rows of `retention_rule`. */
export class RetentionRules {
  readonly #insert: Statement
  readonly #all: Statement
  readonly #remove: Statement<[RuleId]>

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO retention_rule (id, account, region, days, tags, excluded_tags)
      VALUES (@ruleId, @accountId, @region, @days, @tags, @excludedTags)`)
    this.#all = db.prepare(`
      SELECT id AS ruleId, account AS accountId, region, days, tags,
             excluded_tags AS excludedTags
      FROM retention_rule ORDER BY rowid`)
    this.#remove = db.prepare('DELETE FROM retention_rule WHERE id = ?')
  }

  insert(rule: RetentionRule): void {
    const { tags, excludedTags } = rule
    this.#insert.run({
      ...rule,
      tags: JSON.stringify(tags),
      excludedTags: JSON.stringify(excludedTags),
    })
  }

  /** Oldest first. */
  of(account: AccountId): RetentionRule[] {
    return parsedRows(Row, this.#all.all()).filter(({ accountId }) => accountId === account)
  }

  remove(id: RuleId): void {
    this.#remove.run(id)
  }
}
