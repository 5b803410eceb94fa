import { type BlockJobs, CANCELLED, DONE_BLOCKS, type JobRun } from './block-jobs.ts'
import { BlockWindow } from './block-window.ts'
import { UnitReader } from './unit-reader.ts'

/** One thread's part of re-reading stored blocks. */
export function openCheck(_: null, control: Int32Array): JobRun<'check'> {
  const reader = new UnitReader()
  const isCancelled = () => Atomics.load(control, CANCELLED) !== 0
  return {
    async work({ window: shared, files, keys }) {
      const window = BlockWindow.of(shared)
      await reader.prepare(window)
      const damaged: BlockJobs['check']['worked'] = []
      window.takeUnits(isCancelled, (from, to) => {
        reader.read(window, { files, keys }, from, to, (item, reason) =>
          damaged.push({ item, reason }),
        )
        Atomics.add(control, DONE_BLOCKS, to - from)
      })
      return damaged
    },
    close() {
      reader.close()
      return null
    },
    abort: () => reader.close(),
  }
}
