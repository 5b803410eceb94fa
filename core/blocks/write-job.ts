import { closeSync } from 'node:fs'
import { BLOCK_BYTES } from '../contract/units.ts'
import type { BlockJobs, JobRun } from './block-jobs.ts'
import { type BlockWindow, FILL } from './block-window.ts'
import { isZeroPattern, PATTERN_BYTES } from './fill.ts'
import { openToWrite, writeFully } from './full-write.ts'
import { UnitReader } from './unit-reader.ts'
import { moveUnits } from './unit-work.ts'

/** One thread's part of writing a block map to a file. The file is there and has its length. */
export function openWrite(
  { path, target, sizeBytes }: BlockJobs['write']['open'],
  control: Int32Array,
): JobRun<'write'> {
  const reader = new UnitReader()
  const fd = openToWrite(path, target)

  function close(): null {
    reader.close()
    closeSync(fd)
    return null
  }

  return {
    work: (work) =>
      moveUnits(reader, work, control, (window, from, to) => {
        fillSlots(window, from, to)
        writeUnit(window, from, to)
      }),
    close,
    abort: () => void close(),
  }

  function fillSlots(window: BlockWindow, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      if (window.states[i] !== FILL || !isWritten(window, i)) continue
      reader.slot(i - from).fill(window.digestOf(i).subarray(0, PATTERN_BYTES))
    }
  }

  /** Neighbouring blocks with one write. */
  function writeUnit(window: BlockWindow, from: number, to: number): void {
    const { indices } = window
    let first = from
    for (let i = from; i < to; i++) {
      if (!isWritten(window, i)) {
        first = i + 1
      } else if (!(i + 1 < to && indices[i + 1] === indices[i]! + 1 && isWritten(window, i + 1))) {
        const position = indices[first]! * BLOCK_BYTES
        const bytes = reader.memory.subarray(
          (first - from) * BLOCK_BYTES,
          (i + 1 - from) * BLOCK_BYTES,
        )
        writeFully(fd, target, bytes.subarray(0, sizeBytes - position), position)
        first = i + 1
      }
    }
  }

  /** Zeros are there already: the file began as one hole. */
  function isWritten(window: BlockWindow, i: number): boolean {
    const state = window.states[i]
    if (state === FILL) return !isZeroPattern(window.digestOf(i).subarray(0, PATTERN_BYTES))
    return state !== 0
  }
}
