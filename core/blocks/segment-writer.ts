/*
 * Writing segments, by one thread into files of its own.
 * (1) A segment is only appended to, and never after it was synced.
 * (2) Nothing is held past `flush`: buffers handed to `append` may be reused then.
 * (3) After a failed sync the file is worthless: it is not synced again. Whoever opened the job
 *     removes its files when it fails, also those of a thread that died.
 */
import { close, closeSync, fdatasync, openSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeBuffers } from './full-write.ts'
import { unwritable } from './io-errors.ts'
import type { NewSegment } from './scan.ts'
import { ALIGN_BYTES, aligned, MAX_SEGMENT_BYTES, segmentHeader } from './segment-format.ts'

const fdatasyncAsync = promisify(fdatasync)
const closeAsync = promisify(close)
const PADDING = Buffer.alloc(ALIGN_BYTES)

type OpenSegment = { fd: number; path: string; bytes: number }

export class SegmentWriter {
  readonly #dir: string
  readonly #prefix: string
  readonly #done: NewSegment[] = []
  readonly #syncs: Promise<unknown>[] = []
  #current: OpenSegment | null = null
  #queue: Buffer[] = []
  #queuedBytes = 0

  /** @param prefix of the file names; no other writer has the same */
  constructor(dir: string, prefix: string) {
    this.#dir = dir
    this.#prefix = prefix
  }

  /** @returns the segment's serial number in this writer, and where in it the block will begin */
  append(encoded: Buffer): { serial: number; offset: number } {
    const bytes = aligned(encoded.length)
    let segment = this.#current
    if (segment && segment.bytes + bytes > MAX_SEGMENT_BYTES) {
      this.#end()
      segment = null
    }
    segment ??= this.#begin()
    const offset = segment.bytes
    this.#enqueue(segment, encoded)
    if (bytes > encoded.length) this.#enqueue(segment, PADDING.subarray(0, bytes - encoded.length))
    return { serial: this.#done.length, offset }
  }

  /** Writes what was appended. */
  flush(): void {
    const segment = this.#current
    if (!segment || this.#queue.length === 0) return
    writeBuffers(segment.fd, segment.path, this.#queue, segment.bytes - this.#queuedBytes)
    this.#queue = []
    this.#queuedBytes = 0
  }

  /** @returns all segments in order of their serial number, when their data is synced */
  async finish(): Promise<NewSegment[]> {
    if (this.#current) this.#end()
    await Promise.all(this.#syncs)
    return this.#done
  }

  /** Lets go of all files, so that they can be removed. */
  async abort(): Promise<void> {
    if (this.#current) closeSync(this.#current.fd)
    this.#current = null
    await Promise.allSettled(this.#syncs)
  }

  #begin(): OpenSegment {
    const path = join(this.#dir, this.#nextFile())
    try {
      this.#current = { fd: openSync(path, 'wx', 0o600), path, bytes: 0 }
    } catch (error) {
      throw unwritable(error, path)
    }
    this.#enqueue(this.#current, segmentHeader())
    return this.#current
  }

  #enqueue(segment: OpenSegment, bytes: Buffer): void {
    this.#queue.push(bytes)
    this.#queuedBytes += bytes.length
    segment.bytes += bytes.length
  }

  /** Syncs in the background: the thread goes on reading and hashing meanwhile. */
  #end(): void {
    this.flush()
    const { fd, path, bytes } = this.#current!
    this.#done.push({ file: this.#nextFile(), bytes })
    this.#current = null
    const synced = fdatasyncAsync(fd)
      .finally(() => closeAsync(fd))
      .catch((error: unknown) => {
        throw unwritable(error, path)
      })
    // Handled in `finish`; until then a failure must not count as unhandled.
    synced.catch(() => {})
    this.#syncs.push(synced)
  }

  #nextFile(): string {
    return `${this.#prefix}-${this.#done.length}.seg`
  }
}
