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

import { type IndexSet, MAX_INDEX_COUNT, RunWriter } from '../lineage/index-set.ts'
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
  const runs: DeltaRun[] = []
  const reader = new RunReader(blob)
  while (reader.next()) {
    const { kind, start, end, firstBlockId, pattern } = reader
    if (kind === HOLE) runs.push({ kind: 'hole', start, end })
    else if (kind === DATA) runs.push({ kind: 'data', start, end, firstBlockId })
    else runs.push({ kind: 'fill', start, end, pattern: pattern! })
  }
  return runs
}

/**
 * Only where the runs lie: many times faster than the runs themselves, for those who read all
 * deltas of a library.
 *
 * @throws Error as `decodeRuns`
 */
export function decodeSets(blob: Uint8Array): { data: IndexSet; holes: IndexSet } {
  const data = new RunWriter()
  const holes = new RunWriter()
  const reader = new RunReader(blob)
  while (reader.next()) (reader.kind === HOLE ? holes : data).add(reader.start, reader.end)
  return { data: data.finish(), holes: holes.finish() }
}

/** The run that was read last. */
class RunReader {
  kind = HOLE
  start = 0
  end = 0
  /** Of a data run. */
  firstBlockId = 0
  /** Of a fill run. */
  pattern: Buffer | null = null
  readonly #input: ByteReader
  #nextId = 0

  constructor(blob: Uint8Array) {
    this.#input = new ByteReader(blob)
    const version = this.#input.byte()
    if (version !== VERSION) throw malformed(0, `version ${version} is not known`)
  }

  /** false: there was no further one. */
  next(): boolean {
    const input = this.#input
    if (input.isAtEnd) return false
    const at = input.offset
    const head = input.number()
    this.kind = head % 4
    this.start = this.end + Math.floor(head / 4)
    const length = input.number()
    this.end = this.start + length
    if (length === 0 || this.end > MAX_INDEX_COUNT) {
      throw malformed(at, 'not a run of block indices')
    }
    if (this.kind === DATA) {
      this.firstBlockId = this.#nextId + unzigzag(input.number())
      if (this.firstBlockId < 0) throw malformed(at, 'a block id is negative')
      this.#nextId = this.firstBlockId + length
    } else if (this.kind === FILL) {
      this.pattern = input.bytes(PATTERN_BYTES)
    } else if (this.kind === SAME_FILL && this.pattern === null) {
      throw malformed(at, 'no pattern came before')
    }
    return true
  }
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
    const first = this.byte()
    if (first < 128) return first
    let value = first - 128
    let factor = 128
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
