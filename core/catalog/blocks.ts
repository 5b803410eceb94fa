import type { Database } from 'better-sqlite3'
import type { BlockRecord, BlockSeal } from '../blocks/block-record.ts'
import { BlockPages, PER_PAGE } from './block-pages.ts'

/*
 * Records of stored blocks, 1,024 to a page, found by their id alone.
 * (1) A block id is given once and never again. (2) A record of zeros is a block that is gone.
 * (3) A page without a living record has no row. (4) What only sealed blocks have lies in pages of
 * its own.
 */
const SHA_BYTES = 32
const AT = { segment: 32, offset: 36, length: 40, encoding: 44 }
const RECORD_BYTES = 48
const SEAL_AT = { dataKey: 0, identity: 4 }
const SEAL_RECORD_BYTES = 36
const GONE = 0
const ENCODINGS = [undefined, 'raw', 'zstd', 'sealed'] as const

/** Rows of `block_page` and `sealed_page`: where stored blocks lie, their SHA-256, their keys. */
export class Blocks {
  readonly #places: BlockPages
  readonly #seals: BlockPages

  constructor(db: Database) {
    this.#places = new BlockPages(db, 'block_page', RECORD_BYTES)
    this.#seals = new BlockPages(db, 'sealed_page', SEAL_RECORD_BYTES)
  }

  /** undefined: there is no such block, or not any more. */
  get(blockId: number): BlockRecord | undefined {
    const page = this.#places.get(Math.floor(blockId / PER_PAGE))
    return page === null ? undefined : this.#decode(page, blockId)
  }

  /** All living records in [first, end), by id. */
  *range(first: number, end: number): Generator<BlockRecord> {
    for (const page of this.#places.numbers()) {
      if (page < Math.floor(first / PER_PAGE) || page * PER_PAGE >= end) continue
      const records = this.#places.get(page)
      if (records === null) continue
      const from = Math.max(first, page * PER_PAGE)
      for (let id = from; id < Math.min(end, (page + 1) * PER_PAGE); id += 1) {
        const record = this.#decode(records, id)
        if (record !== undefined) yield record
      }
    }
  }

  /** The numbers of the data keys of sealed blocks in [first, end), page by page. */
  *dataKeysIn(first: number, end: number): Generator<ReadonlySet<number>> {
    for (let page = Math.floor(first / PER_PAGE); page * PER_PAGE < end; page += 1) {
      const seals = this.#seals.get(page)
      const numbers = new Set<number>()
      const [from, to] = [Math.max(first, page * PER_PAGE), Math.min(end, (page + 1) * PER_PAGE)]
      for (let id = from; seals !== null && id < to; id += 1) {
        numbers.add(seals.readUInt32LE((id % PER_PAGE) * SEAL_RECORD_BYTES + SEAL_AT.dataKey))
      }
      numbers.delete(GONE)
      yield numbers
    }
  }

  /** Adds or changes records; those of one page are best given in a row. */
  put(records: Iterable<BlockRecord>): void {
    for (const some of inParts(records)) {
      this.#places.change(some, ({ blockId }) => blockId, encode, isEmpty)
      const sealed = some.filter(({ seal }) => seal !== undefined)
      this.#seals.change(sealed, ({ blockId }) => blockId, encodeSeal, isEmptySeals)
    }
  }

  /** Forgets blocks: nothing names them any more. */
  remove(blockIds: Iterable<number>): void {
    const ids = [...blockIds]
    const sealed = ids.filter((id) => this.get(id)?.seal !== undefined)
    const erase = (bytes: number) => (page: Buffer, at: number) => {
      page.fill(GONE, at, at + bytes)
    }
    this.#places.change(ids, (id) => id, erase(RECORD_BYTES), isEmpty)
    this.#seals.change(sealed, (id) => id, erase(SEAL_RECORD_BYTES), isEmptySeals)
  }

  /** Call when a transaction was rolled back: pages in memory may be ahead of the disk. */
  forgetCache(): void {
    this.#places.forgetCache()
    this.#seals.forgetCache()
  }

  #decode(page: Buffer, blockId: number): BlockRecord | undefined {
    const at = (blockId % PER_PAGE) * RECORD_BYTES
    const encoding = ENCODINGS[page.readUInt8(at + AT.encoding)]
    if (encoding === undefined) return undefined
    const seal = encoding === 'sealed' ? this.#sealOf(blockId) : null
    // A sealed block that nobody can say the key of is lost.
    if (seal === undefined) return undefined
    return {
      blockId,
      sha256: page.subarray(at, at + SHA_BYTES),
      segmentId: page.readUInt32LE(at + AT.segment),
      offset: page.readUInt32LE(at + AT.offset),
      length: page.readUInt32LE(at + AT.length),
      encoding,
      ...(seal && { seal }),
    }
  }

  #sealOf(blockId: number): BlockSeal | undefined {
    const page = this.#seals.get(Math.floor(blockId / PER_PAGE))
    if (page === null) return undefined
    const at = (blockId % PER_PAGE) * SEAL_RECORD_BYTES
    return {
      dataKey: page.readUInt32LE(at + SEAL_AT.dataKey),
      identity: page.subarray(at + SEAL_AT.identity, at + SEAL_RECORD_BYTES),
    }
  }
}

/** Some at a time: a snapshot may have millions. */
function* inParts(records: Iterable<BlockRecord>): Generator<BlockRecord[]> {
  let some: BlockRecord[] = []
  for (const record of records) {
    some.push(record)
    if (some.length < 4 * PER_PAGE) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}

function encode(page: Buffer, at: number, record: BlockRecord): void {
  record.sha256.copy(page, at, 0, SHA_BYTES)
  page.writeUInt32LE(record.segmentId, at + AT.segment)
  page.writeUInt32LE(record.offset, at + AT.offset)
  page.writeUInt32LE(record.length, at + AT.length)
  page.writeUInt8(ENCODINGS.indexOf(record.encoding), at + AT.encoding)
}

function encodeSeal(page: Buffer, at: number, { seal }: BlockRecord): void {
  page.writeUInt32LE(seal!.dataKey, at + SEAL_AT.dataKey)
  seal!.identity.copy(page, at + SEAL_AT.identity, 0, SHA_BYTES)
}

function isEmpty(page: Buffer): boolean {
  for (let at = AT.encoding; at < page.length; at += RECORD_BYTES)
    if (page[at] !== GONE) return false
  return true
}

function isEmptySeals(page: Buffer): boolean {
  return page.every((byte) => byte === GONE)
}
