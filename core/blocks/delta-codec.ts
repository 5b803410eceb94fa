/*
 * The bytes of a packed delta. Version 1:
 *   byte 0: 1, the version
 *   then each run: gap * 4 + kind, length, and by kind
 *     0 hole: nothing
 *     1 data: first block id - the id that would continue the data run before, zigzag
 *     2 fill: 16 bytes of pattern
 *     3 fill with the pattern of the fill run before: nothing
 *   gap: blocks since the end of the run before. Numbers are LEB128, at most 8 bytes.
 */

import { MAX_INDEX_COUNT } from '../lineage/index-set.ts'
import type { DeltaRun } from './delta.ts'
import { PATTERN_BYTES } from './fill.ts'

const VERSION = 1
const HOLE = 0
const DATA = 1
const FILL = 2
const SAME_FILL = 3

/** Longest run: two numbers of at most 5 and 4 bytes and a pattern, or an id of at most 8. */
const MAX_RUN_BYTES = 9 + PATTERN_BYTES

export function encodeRuns(runs: readonly DeltaRun[]): Buffer {
  const out = new ByteWriter(1 + runs.length * 8)
  out.byte(VERSION)
  let end = 0
  let nextId = 0
  let pattern: Buffer | null = null
  for (const run of runs) {
    out.reserve(MAX_RUN_BYTES)
    const isSame = run.kind === 'fill' && pattern !== null && run.pattern.equals(pattern)
    const kind = run.kind === 'hole' ? HOLE : run.kind === 'data' ? DATA : isSame ? SAME_FILL : FILL
    out.number((run.start - end) * 4 + kind)
    out.number(run.end - run.start)
    if (run.kind === 'data') {
      out.number(zigzag(run.firstBlockId - nextId))
      nextId = run.firstBlockId + run.end - run.start
    } else if (run.kind === 'fill' && !isSame) {
      if (run.pattern.length !== PATTERN_BYTES) throw new Error('A fill pattern has 16 bytes')
      out.bytes(run.pattern)
      pattern = run.pattern
    }
    end = run.end
  }
  return out.finish()
}

/** @throws Error naming the offset of the first byte that makes no sense */
export function decodeRuns(blob: Uint8Array): DeltaRun[] {
  const input = new ByteReader(blob)
  const version = input.byte()
  if (version !== VERSION) throw malformed(0, `version ${version} is not known`)
  const runs: DeltaRun[] = []
  let end = 0
  let nextId = 0
  let pattern: Buffer | null = null
  while (!input.isAtEnd) {
    const at = input.offset
    const head = input.number()
    const kind = head % 4
    const start = end + Math.floor(head / 4)
    const length = input.number()
    end = start + length
    if (length === 0 || end > MAX_INDEX_COUNT) throw malformed(at, 'not a run of block indices')
    if (kind === HOLE) {
      runs.push({ kind: 'hole', start, end })
    } else if (kind === DATA) {
      const firstBlockId = nextId + unzigzag(input.number())
      if (firstBlockId < 0) throw malformed(at, 'a block id is negative')
      nextId = firstBlockId + length
      runs.push({ kind: 'data', start, end, firstBlockId })
    } else {
      if (kind === FILL) pattern = input.bytes(PATTERN_BYTES)
      if (!pattern) throw malformed(at, 'no pattern came before')
      runs.push({ kind: 'fill', start, end, pattern })
    }
  }
  return runs
}

function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}

function malformed(offset: number, problem: string): Error {
  return new Error(`Packed delta, byte ${offset}: ${problem}`)
}

/** Numbers may exceed 32 bits, so there are no bit operations on them here. */
class ByteWriter {
  #buffer: Buffer
  #length = 0

  constructor(sizeHint: number) {
    this.#buffer = Buffer.allocUnsafe(sizeHint)
  }

  reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(this.#buffer.length * 2 + bytes)
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }

  byte(value: number): void {
    this.#buffer[this.#length++] = value
  }

  number(value: number): void {
    let rest = value
    while (rest >= 128) {
      this.byte((rest % 128) + 128)
      rest = Math.floor(rest / 128)
    }
    this.byte(rest)
  }

  bytes(bytes: Buffer): void {
    this.#length += bytes.copy(this.#buffer, this.#length)
  }

  finish(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length))
  }
}

class ByteReader {
  offset = 0
  readonly #blob: Uint8Array

  constructor(blob: Uint8Array) {
    this.#blob = blob
  }

  get isAtEnd(): boolean {
    return this.offset >= this.#blob.length
  }

  byte(): number {
    const value = this.#blob[this.offset]
    if (value === undefined) throw malformed(this.offset, 'it ends too early')
    this.offset++
    return value
  }

  number(): number {
    const at = this.offset
    let value = 0
    let factor = 1
    for (;;) {
      const byte = this.byte()
      value += (byte % 128) * factor
      if (value > Number.MAX_SAFE_INTEGER) break
      if (byte < 128) return value
      factor *= 128
      if (factor > Number.MAX_SAFE_INTEGER) break
    }
    throw malformed(at, 'a number is too large')
  }

  bytes(count: number): Buffer {
    if (this.offset + count > this.#blob.length) throw malformed(this.offset, 'it ends too early')
    const bytes = Buffer.from(this.#blob.subarray(this.offset, this.offset + count))
    this.offset += count
    return bytes
  }
}
