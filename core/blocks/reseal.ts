import { BLOCK_BYTES } from '../contract/units.ts'
import { threadCountFor, withJob } from './block-threads.ts'
import { syncFolder } from './durable-folder.ts'
import type { RestoreRun } from './restore.ts'
import type { NewSegment } from './scan.ts'
import { ScanCollector } from './scan-collector.ts'
import type { Sealing } from './sealed-writer.ts'
import { newSession, removeSession } from './segment-session.ts'
import type { StoredBlocks } from './stored-blocks.ts'
import { runWindows } from './window-pipeline.ts'
import { type Sources, writeWindows } from './write-windows.ts'

export type ResealInput = Sources & {
  /** Sorted by `start`, none overlapping; all of it is stored, fills and zeros too. */
  runs: Iterable<RestoreRun>
  blockCount: number
  segmentsDir: string
  /** A copy goes to each thread. */
  sealing: Sealing
  signal: AbortSignal
  onProgress: (doneBytes: number) => void
}

/**
 * Seals blocks into new segments, with another key than they were sealed with, if they were.
 *
 * @throws signal.reason when aborted; StrataError BLOCK_DAMAGED, SEGMENT_MISSING, DISK_FULL,
 *   FILE_UNWRITABLE. After any of them none of its segment files is left.
 */
export async function resealBlocks(
  input: ResealInput,
): Promise<{ blocks: StoredBlocks; segments: NewSegment[] }> {
  const { segmentsDir, sealing, signal } = input
  const session = newSession()
  const opens = Array.from({ length: threadCountFor(input.blockCount) }, (_, thread) => {
    return { segmentsDir, session, thread, sealing }
  })
  const onProgress = (doneBlocks: number) => input.onProgress(doneBlocks * BLOCK_BYTES)
  const collector = new ScanCollector()
  try {
    const { closed } = await withJob('reseal', opens, { signal, onProgress }, (job) =>
      runWindows(
        writeWindows(input.runs, input),
        (window) => job.work(window.work),
        (window) => collector.take(window),
      ),
    )
    if (closed.some((segments) => segments.length > 0)) syncFolder(segmentsDir)
    return collector.finish(closed)
  } catch (error) {
    removeSession(segmentsDir, session)
    throw error
  }
}
