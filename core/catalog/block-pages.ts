import { dirname } from 'node:path'
import type { Database, Statement } from 'better-sqlite3'
import { catalogFailure } from './database.ts'

export const PER_PAGE = 1_024
/** Pages kept in memory while records are looked up in order: 6 MiB of those of `block_page`. */
const CACHED_PAGES = 128

/** Rows of a table of pages: 1,024 records of one length each, found by their number. */
export class BlockPages {
  readonly recordBytes: number
  readonly #read: Statement<[number]>
  readonly #write: Statement<[number, Buffer]>
  readonly #drop: Statement<[number]>
  readonly #numbers: Statement
  readonly #cache = new Map<number, Buffer | null>()
  readonly #library: string

  constructor(db: Database, table: 'block_page' | 'sealed_page', recordBytes: number) {
    this.recordBytes = recordBytes
    this.#library = dirname(db.name)
    this.#read = db.prepare(`SELECT records FROM ${table} WHERE page = ?`).pluck()
    this.#write = db.prepare(`
      INSERT INTO ${table} (page, records) VALUES (?, ?)
      ON CONFLICT (page) DO UPDATE SET records = excluded.records`)
    this.#drop = db.prepare(`DELETE FROM ${table} WHERE page = ?`)
    this.#numbers = db.prepare(`SELECT page FROM ${table} ORDER BY page`).pluck()
  }

  /** Of all pages that have a row, ascending. */
  numbers(): number[] {
    return this.#told(() => this.#numbers.all()) as number[]
  }

  /** null: no row, or one that makes no sense. */
  get(number: number): Buffer | null {
    const cached = this.#cache.get(number)
    if (cached !== undefined) return cached
    const found = this.#told(() => this.#read.get(number))
    const isWhole = Buffer.isBuffer(found) && found.length === PER_PAGE * this.recordBytes
    const page = isWhole ? found : null
    if (this.#cache.size >= CACHED_PAGES) this.#cache.delete(this.#cache.keys().next().value!)
    this.#cache.set(number, page)
    return page
  }

  /** Call when a transaction was rolled back: pages in memory may be ahead of the disk. */
  forgetCache(): void {
    this.#cache.clear()
  }

  /**
   * Changes records; those of one page are best given in a row.
   *
   * @param apply changes the page's bytes from `at` on
   * @param isEmpty whether a page is worth no row any more
   */
  change<T>(
    items: Iterable<T>,
    idOf: (item: T) => number,
    apply: (page: Buffer, at: number, item: T) => void,
    isEmpty: (page: Buffer) => boolean,
  ): void {
    let number = -1
    let page: Buffer | undefined
    const flush = () => {
      if (page === undefined) return
      this.#cache.delete(number)
      if (isEmpty(page)) this.#drop.run(number)
      else this.#write.run(number, page)
    }
    for (const item of items) {
      const id = idOf(item)
      const wanted = Math.floor(id / PER_PAGE)
      if (wanted !== number) {
        flush()
        number = wanted
        page = Buffer.from(this.get(number) ?? Buffer.alloc(PER_PAGE * this.recordBytes))
      }
      apply(page!, (id % PER_PAGE) * this.recordBytes, item)
    }
    flush()
  }

  /** These pages are read only when a verb needs them: damage in them may be met late. */
  #told<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      throw catalogFailure(error, this.#library)
    }
  }
}
