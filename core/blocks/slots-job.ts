import { closeSync, fdatasyncSync, fstatSync, readSync } from 'node:fs'
import { StrataError } from '../contract/errors.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { sealBlock, wipe } from '../crypto/sealed-block.ts'
import { assertSame, reopenImage } from '../images/image-file.ts'
import { stampFrom } from '../images/image-stamp.ts'
import type { BlockJobs, JobRun } from './block-jobs.ts'
import { type BlockWindow, FILL, HOLE } from './block-window.ts'
import { PATTERN_BYTES } from './fill.ts'
import { openToWrite, writeFully } from './full-write.ts'
import { unreadable, unwritable } from './io-errors.ts'
import { type Overlay, slotOffset } from './slots.ts'
import { UnitReader } from './unit-reader.ts'
import { moveUnits } from './unit-work.ts'

/** One thread's part of writing into an encrypted volume. The file is there. */
export function openSlots(
  { path, key, overlay }: BlockJobs['slots']['open'],
  control: Int32Array,
): JobRun<'slots'> {
  const reader = new UnitReader()
  const over = overlay === null ? null : layerOf(overlay)
  const fd = openToWrite(path)

  return {
    work: (work) =>
      moveUnits(reader, work, control, (window, from, to) => {
        for (let i = from; i < to; i++) settle(window, i, reader.slot(i - from))
      }),
    close() {
      over?.assertSame()
      sync()
      letGo()
      return null
    },
    abort: letGo,
  }

  function letGo(): void {
    reader.close()
    over?.close()
    wipe([key])
    closeSync(fd)
  }

  function sync(): void {
    try {
      fdatasyncSync(fd)
    } catch (error) {
      throw unwritable(error, path)
    }
  }

  function settle(window: BlockWindow, i: number, block: Buffer): void {
    if (window.states[i] === 0) block.fill(0)
    if (window.states[i] === FILL) block.fill(window.digestOf(i).subarray(0, PATTERN_BYTES))
    over?.put(block, window.indices[i]! * BLOCK_BYTES)
    if (over?.skipsZeros === true && block.equals(ZEROS)) {
      window.states[i] = HOLE
      return
    }
    const sealed = sealBlock(key, window.indices[i]!, block)
    writeFully(fd, path, sealed, slotOffset(window.targets[i]!))
  }
}

const ZEROS = Buffer.alloc(BLOCK_BYTES)

/** Something that lies over a volume from somewhere on. */
type Layer = {
  skipsZeros: boolean
  /** @param at byte of the volume where `block` begins */
  put(block: Buffer, at: number): void
  /** @throws StrataError IMAGE_CHANGED */
  assertSame(): void
  close(): void
}

function layerOf(overlay: Overlay): Layer {
  if (overlay.kind === 'file') return fileLayer(overlay)
  const { pattern, spans } = overlay
  // Blocks begin at a multiple of its length: pattern bytes lie at the same phase everywhere.
  const filled = Buffer.alloc(BLOCK_BYTES, pattern)
  return {
    skipsZeros: false,
    put(block, at) {
      for (const { offsetBytes, lengthBytes } of spans) {
        const start = Math.max(0, offsetBytes - at)
        const end = Math.min(BLOCK_BYTES, offsetBytes + lengthBytes - at)
        if (start < end) filled.copy(block, start, start, end)
      }
    },
    assertSame() {},
    close() {},
  }
}

function fileLayer({
  path,
  stamp,
  offsetBytes,
  skipsZeros,
}: Extract<Overlay, { kind: 'file' }>): Layer {
  const fd = reopenImage(path, stamp)
  return {
    skipsZeros,
    put(block, at) {
      const start = Math.max(0, offsetBytes - at)
      const end = Math.min(BLOCK_BYTES, offsetBytes + stamp.sizeBytes - at)
      for (let done = start; done < end; ) {
        const count = readAt(block, done, end - done, at + done - offsetBytes)
        if (count === 0) {
          const what = `it shrank to ${fstatSync(fd).size} bytes`
          throw new StrataError('IMAGE_CHANGED', { path, what })
        }
        done += count
      }
    },
    assertSame: () => assertSame(path, stamp, stampFrom(fstatSync(fd, { bigint: true }))),
    close: () => closeSync(fd),
  }

  function readAt(block: Buffer, start: number, bytes: number, position: number): number {
    try {
      return readSync(fd, block, start, bytes, position)
    } catch (error) {
      throw unreadable(error, path, position)
    }
  }
}
