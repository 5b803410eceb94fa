import { wipe } from '../crypto/sealed-block.ts'
import { CANCELLED, DONE_BLOCKS, type WindowWork } from './block-jobs.ts'
import { BlockWindow } from './block-window.ts'
import { faultError } from './fault-error.ts'
import type { UnitReader } from './unit-reader.ts'

/**
 * One thread's part of a window of blocks that go elsewhere: reads and checks a unit of them at a time.
 *
 * @param put told which items of the window lie in the slots of `reader`: `from` in the first
 * @throws StrataError BLOCK_DAMAGED, SEGMENT_MISSING: nothing is to be made of what is damaged
 */
export async function moveUnits(
  reader: UnitReader,
  { window: shared, files, keys }: WindowWork,
  control: Int32Array,
  put: (window: BlockWindow, from: number, to: number) => void,
): Promise<null> {
  const window = BlockWindow.of(shared)
  const isCancelled = () => Atomics.load(control, CANCELLED) !== 0
  await reader.prepare(window)
  window.takeUnits(isCancelled, (from, to) => {
    reader.read(window, { files, keys }, from, to, (item, fault) => {
      throw faultError(fault, files[window.segments[item]!]!, window, item)
    })
    put(window, from, to)
    Atomics.add(control, DONE_BLOCKS, to - from)
  })
  wipe(keys)
  return null
}
