import { type IndexSet, sizeOf } from '../lineage/index-set.ts'
import { BlockWindow, DIGEST_BYTES, WINDOW_BLOCKS } from './block-window.ts'
import type { ParentBlocks } from './scan.ts'
import type { WindowSource } from './window-pipeline.ts'

/** The blocks of `indices`, a window at a time, each with what the parent holds there. */
export function scanWindows(
  indices: IndexSet,
  parent: ParentBlocks | null,
): WindowSource<BlockWindow> {
  const capacity = Math.min(WINDOW_BLOCKS, sizeOf(indices))
  let run = 0
  let next = indices[0] ?? 0

  return {
    make: () => new BlockWindow(capacity),
    fill(window) {
      while (run < indices.length && !window.isFull) {
        const end = Math.min(indices[run + 1]!, next + window.capacity - window.count)
        window.states.fill(0, window.count, window.count + end - next)
        parent?.(
          next,
          end,
          window.states.subarray(window.count, window.count + end - next),
          window.digests.subarray(
            window.count * DIGEST_BYTES,
            (window.count + end - next) * DIGEST_BYTES,
          ),
        )
        while (next < end) window.indices[window.count++] = next++
        if (next === indices[run + 1]) {
          run += 2
          next = indices[run] ?? 0
        }
      }
      return window.count > 0
    },
  }
}
