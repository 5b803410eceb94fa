import { closeSync, constants, openSync, rmSync } from 'node:fs'
import { BLOCK_BYTES } from '../contract/units.ts'
import { type IndexSet, runsOf } from '../lineage/index-set.ts'
import { readFully } from './full-read.ts'
import { writeFully } from './full-write.ts'
import { told, unreadable } from './io-errors.ts'

/*
 * Blocks of a file as they were at one moment, kept aside before they are overwritten, so that
 * threads read that moment while the file is written to.
 * (1) A block is whole here before its bit is set, and its bit is set before it is overwritten.
 * (2) Who reads the moment looks at the bit after reading the block from the file: where it is set,
 *     what was read may be torn or new, and the block is taken from here.
 * Nothing is synced: none of it is needed once the program has ended.
 */

/** What a thread is given to find them. */
export type SharedKept = { path: string; bits: SharedArrayBuffer }

const WORD_BITS = 32
const { O_RDWR, O_CREAT, O_EXCL } = constants

/** A file is made when there is the first block to keep. Memory: one bit for each block. */
export class KeptBlocks {
  readonly shared: SharedKept
  readonly #bits: Int32Array
  #fd: number | null = null

  /** @param blockCount of the file at that moment */
  constructor(path: string, blockCount: number) {
    const bits = new SharedArrayBuffer(Math.ceil(blockCount / WORD_BITS) * 4)
    this.shared = { path, bits }
    this.#bits = new Int32Array(bits)
  }

  /** Those that are kept already stay as they are. @throws StrataError DISK_FULL, FILE_UNWRITABLE */
  keep(blocks: IndexSet, from: { readonly fd: number; readonly path: string }): void {
    const { path } = this.shared
    const block = Buffer.allocUnsafe(BLOCK_BYTES)
    for (const [start, end] of runsOf(blocks)) {
      for (let index = start; index < end; index += 1) {
        if (isKept(this.#bits, index)) continue
        this.#fd ??= told(path, () => openSync(path, O_RDWR | O_CREAT | O_EXCL, 0o600))
        readFully(from.fd, block, index * BLOCK_BYTES)
        writeFully(this.#fd, path, block, index * BLOCK_BYTES)
        Atomics.or(this.#bits, Math.floor(index / WORD_BITS), 1 << (index % WORD_BITS))
      }
    }
  }

  /** Doing it again does nothing. It never fails: a file that stays goes when the library is opened. */
  drop(): void {
    const fd = this.#fd
    if (fd === null) return
    this.#fd = null
    try {
      closeSync(fd)
      rmSync(this.shared.path, { force: true })
    } catch {
      // What it was kept for has ended, and may be complete.
    }
  }
}

/** Takes kept blocks, in a thread. */
export class KeptReader {
  readonly #path: string
  readonly #bits: Int32Array
  #fd: number | null = null

  constructor({ path, bits }: SharedKept) {
    this.#path = path
    this.#bits = new Int32Array(bits)
  }

  /** Replaces what was just read of a block from the file, if it was kept. See (2). */
  replace(index: number, block: Buffer): void {
    if (!isKept(this.#bits, index)) return
    const offset = index * BLOCK_BYTES
    try {
      this.#fd ??= openSync(this.#path, constants.O_RDONLY)
      readFully(this.#fd, block, offset)
    } catch (error) {
      throw unreadable(error, this.#path, offset)
    }
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }
}

function isKept(bits: Int32Array, index: number): boolean {
  return (Atomics.load(bits, Math.floor(index / WORD_BITS)) & (1 << (index % WORD_BITS))) !== 0
}
