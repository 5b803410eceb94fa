import { BLOCK_BYTES } from '../contract/units.ts'
import { type IndexSet, RunWriter } from '../lineage/index-set.ts'
import { threadCountFor, withJob } from './block-threads.ts'
import { HOLE } from './block-window.ts'
import type { RestoreRun } from './restore.ts'
import type { Overlay, VolumeSlots } from './slots.ts'
import { runWindows } from './window-pipeline.ts'
import { type Sources, writeWindows } from './write-windows.ts'

export type SlotsInput = Sources & {
  /** Where to. The file is there. */
  volume: VolumeSlots
  /** What the blocks hold before; sorted by `start`, none overlapping. */
  runs: Iterable<RestoreRun>
  blockCount: number
  overlay: Overlay | null
  /** A free slot for each block. */
  slotOf: (index: number) => number
  signal: AbortSignal
  onProgress: (doneBytes: number) => void
}

/**
 * Seals blocks into free slots of a volume's file, durably.
 *
 * @returns the blocks that were written: all but those that the overlay skips
 * @throws signal.reason when aborted; StrataError BLOCK_DAMAGED, SEGMENT_MISSING, IMAGE_CHANGED,
 *   DISK_FULL, FILE_UNWRITABLE. No slot that the catalog names was touched then.
 */
export async function fillSlots(input: SlotsInput): Promise<IndexSet> {
  const { volume, overlay, signal } = input
  const opens = Array.from({ length: threadCountFor(input.blockCount) }, () => {
    return { path: volume.file, key: volume.key, overlay }
  })
  const onProgress = (doneBlocks: number) => input.onProgress(doneBlocks * BLOCK_BYTES)
  const windows = writeWindows(input.runs, input)
  const written = new RunWriter()
  await withJob('slots', opens, { signal, onProgress }, (job) =>
    runWindows(
      {
        make: windows.make,
        fill(window) {
          const isFilled = windows.fill(window)
          for (let i = 0; i < window.count; i++)
            window.targets[i] = input.slotOf(window.indices[i]!)
          return isFilled
        },
      },
      (window) => job.work(window.work),
      (window) => {
        for (let i = 0; i < window.count; i++) {
          const index = window.indices[i]!
          if (window.states[i] !== HOLE) written.add(index, index + 1)
        }
      },
    ),
  )
  return written.finish()
}
