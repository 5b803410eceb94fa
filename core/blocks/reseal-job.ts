import { sha256Of } from '../crypto/sealed-block.ts'
import type { BlockJobs, JobRun } from './block-jobs.ts'
import { type BlockWindow, FILL, RAW, SEALED, ZSTD } from './block-window.ts'
import { PATTERN_BYTES } from './fill.ts'
import { SealedWriter } from './sealed-writer.ts'
import { SegmentWriter } from './segment-writer.ts'
import { UnitReader } from './unit-reader.ts'
import { moveUnits } from './unit-work.ts'

/** One thread's part of sealing blocks anew: reads and checks each, seals it, appends it. */
export function openReseal(
  { segmentsDir, session, thread, sealing }: BlockJobs['reseal']['open'],
  control: Int32Array,
): JobRun<'reseal'> {
  const reader = new UnitReader()
  const writer = new SegmentWriter(segmentsDir, `${session}-${thread}`)
  const sealed = new SealedWriter(writer, thread, sealing)

  return {
    work: (work) =>
      moveUnits(reader, work, control, (window, from, to) => {
        for (let i = from; i < to; i++) settle(window, i, reader.slot(i - from))
        writer.flush()
      }),
    close() {
      reader.close()
      sealed.wipe()
      return writer.finish()
    },
    async abort() {
      reader.close()
      sealed.wipe()
      await writer.abort()
    },
  }

  function settle(window: BlockWindow, i: number, block: Buffer): void {
    const digest = window.digestOf(i)
    if (window.states[i] === FILL) block.fill(digest.subarray(0, PATTERN_BYTES))
    sealed.put(window, i, block, identityOf(window, i, block))
  }

  /** A sealed block stays what it was to whoever compares: copies are laid over copies. */
  function identityOf(window: BlockWindow, i: number, block: Buffer): Uint8Array {
    const state = window.states[i]
    if (state === SEALED) return window.identityOf(i)
    if (state === RAW || state === ZSTD) return sealed.identityOf(window.digestOf(i))
    return sealed.identityOf(sha256Of(block))
  }
}
