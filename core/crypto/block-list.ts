import { createHmac, timingSafeEqual } from 'node:crypto'

const SUM_BYTES = 32
const COUNT_BYTES = 6
const DIGEST_BYTES = 32
const WORDS = SUM_BYTES / 4
const AT = { index: 0, sha256: 8, identity: 8 + DIGEST_BYTES }
const ENTRY_BYTES = AT.identity + DIGEST_BYTES

/** What a list says of the block at an index. */
export type Listed = {
  /** Of the bytes as they lie on the disk. */
  readonly sha256: Uint8Array
  /** What tells whether two blocks of a lineage are equal (`identityOf`). */
  readonly identity: Uint8Array
}

/**
 * What the list of a snapshot's blocks comes to under a key: the sum of the HMACs of its entries modulo
 * 2^256, and their number. This is MSet-Add-Hash of Clarke, Devadas, van Dijk, Gassend and Suh (2003).
 * (1) Order says nothing, and what was added can be taken out again: the list of a snapshot follows
 *     from its parent's in the time of what changed.
 * (2) Whoever does not know the key makes no second list that comes to the same, as long as he does not
 *     see what lists come to: of many known sums others can be put together. So a sum that is kept is
 *     sealed.
 */
export class BlockList {
  readonly #key: Uint8Array
  readonly #sum = new Uint32Array(WORDS)
  readonly #entry = Buffer.alloc(ENTRY_BYTES)
  #count = 0

  constructor(key: Uint8Array) {
    this.#key = key
  }

  /** @returns what `encode` wrote, to go on with; null when it makes no sense */
  static decode(key: Uint8Array, bytes: Buffer): BlockList | null {
    if (bytes.length !== SUM_BYTES + COUNT_BYTES) return null
    const list = new BlockList(key)
    for (let i = 0; i < WORDS; i += 1) list.#sum[i] = bytes.readUInt32LE(i * 4)
    list.#count = bytes.readUIntLE(SUM_BYTES, COUNT_BYTES)
    return list
  }

  get count(): number {
    return this.#count
  }

  add(index: number, block: Listed): void {
    const digest = this.#digestOf(index, block)
    let carry = 0
    for (let i = 0; i < WORDS; i += 1) {
      const word = this.#sum[i]! + digest.readUInt32LE(i * 4) + carry
      this.#sum[i] = word
      carry = word > 0xffff_ffff ? 1 : 0
    }
    this.#count += 1
  }

  /** Of what was added before. */
  remove(index: number, block: Listed): void {
    const digest = this.#digestOf(index, block)
    let borrow = 0
    for (let i = 0; i < WORDS; i += 1) {
      const word = this.#sum[i]! - digest.readUInt32LE(i * 4) - borrow
      this.#sum[i] = word
      borrow = word < 0 ? 1 : 0
    }
    this.#count -= 1
  }

  /** To go on with beside this one. */
  copy(): BlockList {
    const copy = new BlockList(this.#key)
    copy.#sum.set(this.#sum)
    copy.#count = this.#count
    return copy
  }

  /** Takes as long whatever they come to. */
  equals(other: BlockList): boolean {
    return timingSafeEqual(this.encode(), other.encode())
  }

  encode(): Buffer {
    const bytes = Buffer.alloc(SUM_BYTES + COUNT_BYTES)
    for (const [i, word] of this.#sum.entries()) bytes.writeUInt32LE(word, i * 4)
    // Modulo, as the sum: where more is taken out than there was, it is not one that anybody made.
    bytes.writeUIntLE(this.#count < 0 ? 2 ** 48 + this.#count : this.#count, SUM_BYTES, COUNT_BYTES)
    return bytes
  }

  #digestOf(index: number, { sha256, identity }: Listed): Buffer {
    this.#entry.writeUIntLE(index, AT.index, COUNT_BYTES)
    this.#entry.set(sha256, AT.sha256)
    this.#entry.set(identity, AT.identity)
    return createHmac('sha256', this.#key).update(this.#entry).digest()
  }
}
