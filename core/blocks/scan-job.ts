import { hash } from 'node:crypto'
import { closeSync, fstatSync, readSync } from 'node:fs'
import { StrataError } from '../contract/errors.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { assertSame, assertThere, reopenImage } from '../images/image-file.ts'
import { stampFrom } from '../images/image-stamp.ts'
import {
  type BlockJobs,
  CANCELLED,
  DONE_BLOCKS,
  HASHED_BLOCKS,
  type JobRun,
  READ_BLOCKS,
} from './block-jobs.ts'
import {
  BlockWindow,
  FILL,
  HOLE,
  PARENT_DATA,
  PARENT_FILL,
  RAW,
  SERIALS_PER_THREAD,
  UNIT_BLOCKS,
  ZSTD,
} from './block-window.ts'
import { compress } from './compression.ts'
import { isFill, isZeroPattern, PATTERN_BYTES, type Slot, slotsOf } from './fill.ts'
import { unreadable } from './io-errors.ts'
import { KeptReader } from './kept-blocks.ts'
import { SealedWriter } from './sealed-writer.ts'
import { SegmentWriter } from './segment-writer.ts'

type Input = BlockJobs['scan']['open']

/** One thread's part of a scan: what it reads, compares and writes. */
export function openScan(input: Input, control: Int32Array): JobRun<'scan'> {
  const assert = input.kept === null ? assertSame : assertThere
  const fd = reopenImage(input.path, input.stamp, assert)
  const kept = input.kept && new KeptReader(input.kept)
  const memory = Buffer.allocUnsafeSlow(UNIT_BLOCKS * BLOCK_BYTES)
  const slots = slotsOf(memory)
  const writer = new SegmentWriter(input.segmentsDir, `${input.session}-${input.thread}`)
  const sealed = input.sealing && new SealedWriter(writer, input.thread, input.sealing)
  const isCancelled = () => Atomics.load(control, CANCELLED) !== 0

  return {
    work({ window: shared }) {
      const window = BlockWindow.of(shared)
      window.takeUnits(isCancelled, (from, to) => {
        readUnit(window, from, to)
        for (let i = from; i < to; i++) settle(window, i, slots[i - from]!)
        writer.flush()
        Atomics.add(control, DONE_BLOCKS, to - from)
      })
      return null
    },
    async close() {
      sealed?.wipe()
      const segments = await writer.finish()
      kept?.close()
      assert(input.path, input.stamp, stampFrom(fstatSync(fd, { bigint: true })))
      closeSync(fd)
      return segments
    },
    async abort() {
      sealed?.wipe()
      kept?.close()
      closeSync(fd)
      await writer.abort()
    },
  }

  /** Neighbouring blocks with one read. */
  function readUnit(window: BlockWindow, from: number, to: number): void {
    const { indices } = window
    let first = from
    for (let i = from + 1; i <= to; i++) {
      if (i < to && indices[i] === indices[i - 1]! + 1) continue
      const slotsBytes = memory.subarray((first - from) * BLOCK_BYTES, (i - from) * BLOCK_BYTES)
      readAt(slotsBytes, indices[first]! * BLOCK_BYTES)
      first = i
    }
    // After all of it was read: what was overwritten meanwhile was kept before.
    if (kept !== null) {
      for (let i = from; i < to; i++) takeKept(kept, slots[i - from]!.bytes, indices[i]!)
    }
    Atomics.add(control, READ_BLOCKS, to - from)
  }

  function takeKept(kept: KeptReader, block: Buffer, index: number): void {
    kept.replace(index, block)
    block.fill(0, Math.max(0, Math.min(block.length, input.sizeBytes - index * BLOCK_BYTES)))
  }

  /** What lies past the end of the file reads as zeros: the last block is seldom whole. */
  function readAt(into: Buffer, offset: number): void {
    const expected = Math.max(0, Math.min(into.length, input.sizeBytes - offset))
    let done = 0
    while (done < expected) {
      let count: number
      try {
        count = readSync(fd, into, done, expected - done, offset + done)
      } catch (error) {
        throw unreadable(error, input.path, offset + done)
      }
      if (count === 0) {
        const what = `it shrank to ${fstatSync(fd).size} bytes`
        throw new StrataError('IMAGE_CHANGED', { path: input.path, what })
      }
      done += count
    }
    into.fill(0, expected)
  }

  /** Says in the window what became of block `i`, and appends it when it is to be stored. */
  function settle(window: BlockWindow, i: number, slot: Slot): void {
    const parent = input.hasParent ? window.states[i]! : 0
    const digest = window.digestOf(i)
    window.states[i] = 0
    if (isFill(slot)) {
      const isZero = isZeroPattern(slot.pattern)
      if (isZero && input.zeros === 'hole') {
        if (parent !== 0) window.states[i] = HOLE
        return
      }
      if (sealed !== null) {
        settleSealed(sealed, window, i, slot, parent)
      } else if (
        parent !== PARENT_FILL ||
        !slot.pattern.equals(digest.subarray(0, PATTERN_BYTES))
      ) {
        digest.set(slot.pattern)
        window.states[i] = FILL
      }
      return
    }
    if (sealed !== null) {
      settleSealed(sealed, window, i, slot, parent)
      return
    }
    const sha256 = hash('sha256', slot.bytes, 'buffer')
    Atomics.add(control, HASHED_BLOCKS, 1)
    if (parent === PARENT_DATA && sha256.equals(digest)) return
    digest.set(sha256)
    const compressed = input.compression === 'zstd' ? compress(slot.bytes) : null
    // Into the slot, which is done with: what zstd returned can then be given back at once.
    const encoded = compressed ? packInto(slot.bytes, compressed) : slot.bytes
    const { serial, offset } = writer.append(encoded)
    window.segments[i] = input.thread * SERIALS_PER_THREAD + serial
    window.offsets[i] = offset
    window.lengths[i] = encoded.length
    window.states[i] = compressed ? ZSTD : RAW
  }

  /** Its pattern would tell of a fill what it holds: it is sealed like any other block. */
  function settleSealed(
    writer: SealedWriter,
    window: BlockWindow,
    i: number,
    slot: Slot,
    parent: number,
  ): void {
    const identity = writer.identityOf(hash('sha256', slot.bytes, 'buffer'))
    Atomics.add(control, HASHED_BLOCKS, 1)
    if (parent === PARENT_DATA && identity.equals(window.digestOf(i))) return
    writer.put(window, i, slot.bytes, identity)
  }
}

function packInto(block: Buffer, compressed: Buffer): Buffer {
  compressed.copy(block)
  return block.subarray(0, compressed.length)
}
