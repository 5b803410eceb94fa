import { hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { BLOCK_BYTES } from '../contract/units.ts'
import { type BlockKey, openBlock, SEALED_BYTES } from '../crypto/sealed-block.ts'
import type { Encoding } from './block-record.ts'
import { blockDecoder, type Decoder } from './compression.ts'
import { errnoOf } from './io-errors.ts'

/** Why a stored block is not what it was. */
export type BlockFault =
  /** Its segment file is not there. */
  | 'missing-segment'
  /** The disk reported an error. */
  | 'unreadable'
  /** The file ends before the block does. */
  | 'short'
  /** Its bytes do not unpack. */
  | 'undecodable'
  /** They are other bytes: the SHA-256 differs. */
  | 'hash'
  /** It does not open: it was sealed with another key, or for another place. */
  | 'foreign'

/** Where a block lies and what it must be. */
export type Place = {
  file: string
  offset: number
  length: number
  encoding: Encoding
  /** null: nobody wrote it down, and only its seal can tell. */
  sha256: Uint8Array | null
  /** How a sealed block is opened; without it it is only checked. */
  opening?: { key: BlockKey; index: number } | undefined
}

/** More segments than a thread reads from at a time, and few enough for any limit of a system. */
const MAX_OPEN_FILES = 32

/** Reads stored blocks and lets none pass that fails its SHA-256. */
export class SegmentReader {
  #decode: Decoder | null = null
  /** By path, the one used last at the end. */
  readonly #files = new Map<string, number>()
  readonly #scratch = Buffer.allocUnsafeSlow(SEALED_BYTES)

  /** Comes before the first compressed block: the decoder may have to be loaded. */
  async prepare(): Promise<void> {
    this.#decode ??= await blockDecoder()
  }

  /** Reads a block into `into`, 524,288 bytes. @returns null when all is well */
  read(place: Place, into: Buffer): BlockFault | null {
    if (place.encoding === 'raw') {
      if (place.length !== BLOCK_BYTES) return 'undecodable'
      return this.readBytes(place.file, place.offset, into) ?? check(place, into)
    }
    const encoded = this.readEncoded(place)
    return typeof encoded === 'string' ? encoded : this.unpack(place, encoded, into)
  }

  /** @returns the encoded bytes, unchecked and valid until the next call, or the fault */
  readEncoded(place: Place): Buffer | BlockFault {
    if (place.length > SEALED_BYTES) return 'undecodable'
    const encoded = this.#scratch.subarray(0, place.length)
    return this.readBytes(place.file, place.offset, encoded) ?? encoded
  }

  /** Puts the block that `encoded` stands for into `into` and checks it. */
  unpack(place: Place, encoded: Buffer, into: Buffer): BlockFault | null {
    if (place.encoding === 'raw') {
      if (encoded.length !== BLOCK_BYTES) return 'undecodable'
      into.set(encoded)
      return check(place, into)
    }
    if (place.encoding === 'sealed') return open(place, encoded, into)
    if (!this.#decode) throw new Error('A compressed block was read before `prepare`')
    const block = this.#decode(encoded)
    if (!block) return 'undecodable'
    into.set(block)
    return check(place, into)
  }

  /** Unchecked bytes of a segment. */
  readBytes(file: string, offset: number, into: Buffer): BlockFault | null {
    try {
      const fd = this.#open(file)
      let done = 0
      while (done < into.length) {
        const count = readSync(fd, into, done, into.length - done, offset + done)
        if (count === 0) return 'short'
        done += count
      }
      return null
    } catch (error) {
      const code = errnoOf(error)
      if (code === null) throw error
      return code === 'ENOENT' ? 'missing-segment' : 'unreadable'
    }
  }

  close(): void {
    for (const fd of this.#files.values()) closeSync(fd)
    this.#files.clear()
  }

  #open(file: string): number {
    const open = this.#files.get(file)
    if (open !== undefined) {
      this.#files.delete(file)
      this.#files.set(file, open)
      return open
    }
    for (const [oldest, fd] of this.#files) {
      if (this.#files.size < MAX_OPEN_FILES) break
      closeSync(fd)
      this.#files.delete(oldest)
    }
    const fd = openSync(file, 'r')
    this.#files.set(file, fd)
    return fd
  }
}

/** @returns 'hash' unless `block` is what `place` says */
export function check({ sha256 }: Pick<Place, 'sha256'>, block: Buffer): BlockFault | null {
  return sha256 === null || hash('sha256', block, 'buffer').equals(sha256) ? null : 'hash'
}

function open(place: Place, sealed: Buffer, into: Buffer): BlockFault | null {
  const fault = check(place, sealed)
  if (fault !== null || place.opening === undefined) return fault
  const block = openBlock(place.opening.key, place.opening.index, sealed)
  if (block === null) return 'foreign'
  into.set(block)
  return null
}
