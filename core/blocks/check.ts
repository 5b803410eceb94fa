import type { BlockRecord } from './block-record.ts'
import { threadCountFor, withJob } from './block-threads.ts'
import type { BlockFault } from './segment-reader.ts'
import { runWindows, type WindowSource } from './window-pipeline.ts'
import { FiledWindow } from './write-windows.ts'

export type CheckInput = {
  /** Taken a window at a time; best sorted by segment, then offset. */
  records: Iterable<BlockRecord>
  segmentFile: (segmentId: number) => string
  signal: AbortSignal
  onProgress: (checkedBlocks: number) => void
}

export type Damage = { blockId: number; segmentId: number; offset: number; reason: BlockFault }

/**
 * Re-reads stored blocks and compares them with their SHA-256.
 *
 * @returns how many were read, and each that is not what it was, in the order given
 * @throws signal.reason when aborted; damage is a result, not an error
 */
export async function checkBlocks(
  input: CheckInput,
): Promise<{ checked: number; damaged: Damage[] }> {
  const { signal, onProgress } = input
  const opens = Array.from({ length: threadCountFor(Number.POSITIVE_INFINITY) }, () => null)
  const damaged: Damage[] = []
  let checked = 0
  await withJob('check', opens, { signal, onProgress }, (job) =>
    runWindows(
      checkWindows(input),
      (window) => job.work(window.work),
      (window, worked) => {
        checked += window.count
        for (const { item, reason } of worked.flat().sort((a, b) => a.item - b.item)) {
          const { blockId, segmentId, offset } = window.records[item]!
          damaged.push({ blockId, segmentId, offset, reason })
        }
      },
    ),
  )
  return { checked, damaged }
}

const CHECK_WINDOW_BLOCKS = 1_024

class CheckWindow extends FiledWindow {
  readonly records: BlockRecord[] = []

  override clear(): void {
    super.clear()
    this.records.length = 0
  }
}

function checkWindows({ records, segmentFile }: CheckInput): WindowSource<CheckWindow> {
  const iterator = records[Symbol.iterator]()
  return {
    make: () => new CheckWindow(CHECK_WINDOW_BLOCKS),
    fill(window) {
      while (!window.isFull) {
        const item = iterator.next()
        if (item.done) break
        window.addRecord(0, item.value, { segmentFile })
        window.records.push(item.value)
      }
      return window.count > 0
    },
  }
}
