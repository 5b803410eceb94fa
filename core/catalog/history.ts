import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import type { AccountId } from '../contract/account.ts'
import type { DeletionId } from '../contract/ids.ts'
import { HistoryStep } from '../contract/model.ts'
import { parsedRows } from './parsed-rows.ts'

const Row = z.strictObject({ ...HistoryStep.shape, isUndone: z.int().transform(Boolean) })

/** Rows of `history`: what was done to the library, in words. Never read to decide anything. */
export class History {
  readonly #add: Statement
  readonly #addStored: Statement<[number, DeletionId]>
  readonly #undo: Statement<[DeletionId]>
  readonly #all: Statement<[AccountId]>
  readonly #account: () => AccountId

  /** @param account who asks */
  constructor(db: Database, account: () => AccountId) {
    this.#account = account
    this.#add = db.prepare(`
      INSERT INTO history (at, account, title, command, stored_delta_bytes, deletion_id)
      VALUES (@at, @account, @title, @command, @storedDeltaBytes, @deletionId)`)
    this.#addStored = db.prepare(`
      UPDATE history SET stored_delta_bytes = stored_delta_bytes + ? WHERE deletion_id = ?`)
    this.#undo = db.prepare('UPDATE history SET is_undone = 1 WHERE deletion_id = ?')
    this.#all = db.prepare(`
      SELECT id AS stepId, at, title, command, stored_delta_bytes AS storedDeltaBytes,
             is_undone AS isUndone
      FROM history WHERE account = ? ORDER BY id`)
  }

  /** It is told to who asks. */
  add(step: {
    at: number
    title: string
    command: string
    storedDeltaBytes: number
    deletionId: DeletionId | null
  }): void {
    this.#add.run({ account: this.#account(), ...step })
  }

  /** What a deletion changed that was not known when it was asked for. */
  addStored(deletionId: DeletionId, bytes: number): void {
    this.#addStored.run(bytes, deletionId)
  }

  markUndone(deletionId: DeletionId): void {
    this.#undo.run(deletionId)
  }

  /** What the account that asks has done, oldest first. */
  all(): HistoryStep[] {
    return parsedRows(Row, this.#all.all(this.#account()))
  }
}
