import { dirname } from 'node:path'
import type { Database, Statement } from 'better-sqlite3'
import type { BlockRecord } from '../blocks/block-record.ts'
import { catalogFailure } from './database.ts'

/*
 * Records of stored blocks, 1,024 to a page, found by their id alone.
 * (1) A block id is given once and never again. (2) A record of zeros is a block that is gone.
 * (3) A page without a living record has no row.
 */
const SHA_BYTES = 32
const AT = { segment: 32, offset: 36, length: 40, encoding: 44 }
const RECORD_BYTES = 48
const PER_PAGE = 1_024
const GONE = 0
const ENCODINGS = [undefined, 'raw', 'zstd'] as const

/** Pages kept in memory while records are looked up in order: 6 MiB. */
const CACHED_PAGES = 128

/** Rows of `block_page`: where the bytes of each stored block lie, and their SHA-256. */
export class Blocks {
  readonly #read: Statement<[number]>
  readonly #write: Statement<[number, Buffer]>
  readonly #drop: Statement<[number]>
  readonly #pages: Statement
  readonly #cache = new Map<number, Buffer | null>()
  readonly #library: string

  constructor(db: Database) {
    this.#library = dirname(db.name)
    this.#read = db.prepare('SELECT records FROM block_page WHERE page = ?').pluck()
    this.#write = db.prepare(`
      INSERT INTO block_page (page, records) VALUES (?, ?)
      ON CONFLICT (page) DO UPDATE SET records = excluded.records`)
    this.#drop = db.prepare('DELETE FROM block_page WHERE page = ?')
    this.#pages = db.prepare('SELECT page FROM block_page ORDER BY page').pluck()
  }

  /** undefined: there is no such block, or not any more. */
  get(blockId: number): BlockRecord | undefined {
    const page = this.#page(Math.floor(blockId / PER_PAGE))
    return page === null ? undefined : decode(page, blockId)
  }

  /** All living records in [first, end), by id. */
  *range(first: number, end: number): Generator<BlockRecord> {
    for (const page of this.#told(() => this.#pages.all()) as number[]) {
      if (page < Math.floor(first / PER_PAGE) || page * PER_PAGE >= end) continue
      const records = this.#page(page)
      if (records === null) continue
      const from = Math.max(first, page * PER_PAGE)
      for (let id = from; id < Math.min(end, (page + 1) * PER_PAGE); id += 1) {
        const record = decode(records, id)
        if (record !== undefined) yield record
      }
    }
  }

  /** Adds or changes records; those of one page are best given in a row. */
  put(records: Iterable<BlockRecord>): void {
    this.#change(records, (record) => record.blockId, encode)
  }

  /** Forgets blocks: nothing names them any more. */
  remove(blockIds: Iterable<number>): void {
    this.#change(
      blockIds,
      (id) => id,
      (page, id) => {
        const at = (id % PER_PAGE) * RECORD_BYTES
        page.fill(GONE, at, at + RECORD_BYTES)
      },
    )
  }

  /** Call when a transaction was rolled back: pages in memory may be ahead of the disk. */
  forgetCache(): void {
    this.#cache.clear()
  }

  #change<T>(
    items: Iterable<T>,
    idOf: (item: T) => number,
    apply: (page: Buffer, item: T) => void,
  ) {
    let number = -1
    let page: Buffer | undefined
    const flush = () => {
      if (page === undefined) return
      this.#cache.delete(number)
      if (isEmpty(page)) this.#drop.run(number)
      else this.#write.run(number, page)
    }
    for (const item of items) {
      const wanted = Math.floor(idOf(item) / PER_PAGE)
      if (wanted !== number) {
        flush()
        number = wanted
        page = Buffer.from(this.#page(number) ?? Buffer.alloc(PER_PAGE * RECORD_BYTES))
      }
      apply(page!, item)
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

  #page(number: number): Buffer | null {
    const cached = this.#cache.get(number)
    if (cached !== undefined) return cached
    const found = this.#told(() => this.#read.get(number))
    const page = Buffer.isBuffer(found) && found.length === PER_PAGE * RECORD_BYTES ? found : null
    if (this.#cache.size >= CACHED_PAGES) this.#cache.delete(this.#cache.keys().next().value!)
    this.#cache.set(number, page)
    return page
  }
}

function encode(page: Buffer, record: BlockRecord): void {
  const at = (record.blockId % PER_PAGE) * RECORD_BYTES
  record.sha256.copy(page, at, 0, SHA_BYTES)
  page.writeUInt32LE(record.segmentId, at + AT.segment)
  page.writeUInt32LE(record.offset, at + AT.offset)
  page.writeUInt32LE(record.length, at + AT.length)
  page.writeUInt8(ENCODINGS.indexOf(record.encoding), at + AT.encoding)
}

function decode(page: Buffer, blockId: number): BlockRecord | undefined {
  const at = (blockId % PER_PAGE) * RECORD_BYTES
  const encoding = ENCODINGS[page.readUInt8(at + AT.encoding)]
  if (encoding === undefined) return undefined
  return {
    blockId,
    sha256: page.subarray(at, at + SHA_BYTES),
    segmentId: page.readUInt32LE(at + AT.segment),
    offset: page.readUInt32LE(at + AT.offset),
    length: page.readUInt32LE(at + AT.length),
    encoding,
  }
}

function isEmpty(page: Buffer): boolean {
  for (let at = AT.encoding; at < page.length; at += RECORD_BYTES)
    if (page[at] !== GONE) return false
  return true
}
