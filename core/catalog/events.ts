import type { Database, Statement } from 'better-sqlite3'
import type { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import { type EventQuery, MAX_EVENTS } from '../contract/event-query.ts'
import { resultOf, typeOf, WorldEvent } from '../contract/world-events.ts'
import { json, parsedRows } from './parsed-rows.ts'

const KeptEvent = json(WorldEvent)

const WANTED = ['account', 'region', 'type', 'result']
  .map((column) => `(@${column} IS NULL OR ${column} = @${column})`)
  .join(' AND ')

/** Rows of `event`: what was told, in the order in which it happened. They are only ever added. */
export class Events {
  readonly #add: Statement
  readonly #positionOf: Statement<[string]>
  readonly #newest: Statement
  readonly #after: Statement
  readonly #before: Statement

  constructor(db: Database) {
    this.#add = db.prepare(`
      INSERT INTO event (id, account, region, type, result, notification)
      VALUES (@id, @account, @region, @type, @result, @notification)`)
    this.#positionOf = db.prepare('SELECT position FROM event WHERE id = ?').pluck()
    this.#newest = db
      .prepare(`SELECT notification FROM event WHERE ${WANTED} ORDER BY position DESC LIMIT @limit`)
      .pluck()
    this.#after = db
      .prepare(
        `SELECT notification FROM event WHERE position > @position AND ${WANTED}
         ORDER BY position LIMIT @limit`,
      )
      .pluck()
    this.#before = db
      .prepare(
        `SELECT notification FROM event WHERE position < @position AND ${WANTED}
         ORDER BY position DESC LIMIT @limit`,
      )
      .pluck()
  }

  add(event: WorldEvent): void {
    const type = typeOf(event.detail)
    const result = resultOf(event.detail)
    const { id, account, region } = event
    this.#add.run({ id, account, region, type, result, notification: JSON.stringify(event) })
  }

  /**
   * Of one account, oldest first: the newest, the first after `sinceId`, or the newest before
   * `beforeId`.
   *
   * @throws StrataError EVENT_UNKNOWN
   */
  list(query: EventQuery, account: AccountId): WorldEvent[] {
    const { region, type, result, limit } = query
    const wanted = {
      account,
      region: region ?? null,
      type: type ?? null,
      result: result ?? null,
      limit: limit ?? MAX_EVENTS,
    }
    return parsedRows(KeptEvent, this.#found(query, wanted))
  }

  #found({ sinceId, beforeId }: EventQuery, wanted: object): unknown[] {
    if (sinceId !== undefined) {
      return this.#after.all({ ...wanted, position: this.#known(sinceId) })
    }
    if (beforeId === undefined) return this.#newest.all(wanted).reverse()
    return this.#before.all({ ...wanted, position: this.#known(beforeId) }).reverse()
  }

  #known(id: string): unknown {
    const position = this.#positionOf.get(id)
    if (position === undefined) throw new StrataError('EVENT_UNKNOWN', { event: id })
    return position
  }
}
