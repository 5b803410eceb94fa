import { BLOCK_BYTES } from '../contract/units.ts'
import { type BlockJobs, CANCELLED, DONE_BLOCKS, type JobRun } from './block-jobs.ts'
import { SegmentReader } from './segment-reader.ts'
import { SegmentWriter } from './segment-writer.ts'

/** One thread's part of repacking: copies encoded blocks as they are, after checking each. */
export function openRepack(
  input: BlockJobs['repack']['open'],
  control: Int32Array,
): JobRun<'repack'> {
  const reader = new SegmentReader()
  const writer = new SegmentWriter(input.segmentsDir, `${input.session}-${input.thread}`)
  const block = Buffer.allocUnsafeSlow(BLOCK_BYTES)

  return {
    async work({ file, records }) {
      await reader.prepare()
      const moves: { serial: number; offset: number }[] = []
      for (const record of records) {
        if (Atomics.load(control, CANCELLED) !== 0) return null
        const place = { ...record, file }
        const encoded = reader.readEncoded(place)
        if (typeof encoded === 'string' || reader.unpack(place, encoded, block)) return null
        moves.push(writer.append(encoded))
        writer.flush()
        Atomics.add(control, DONE_BLOCKS, 1)
      }
      return moves
    },
    close() {
      reader.close()
      return writer.finish()
    },
    async abort() {
      reader.close()
      await writer.abort()
    },
  }
}
