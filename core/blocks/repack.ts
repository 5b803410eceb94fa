import { BLOCK_BYTES } from '../contract/units.ts'
import type { BlockRecord } from './block-record.ts'
import { type BlockJob, threadCountFor, withJob } from './block-threads.ts'
import { syncFolder } from './durable-folder.ts'
import type { NewSegment } from './scan.ts'
import { joinSegments, newSession, removeSession } from './segment-session.ts'

/** What lives in a segment that is to be repacked, best sorted by offset. */
export type RepackSource = { segmentId: number; records: readonly BlockRecord[] }

export type RepackInput = {
  sources: readonly RepackSource[]
  segmentFile: (segmentId: number) => string
  segmentsDir: string
  signal: AbortSignal
  onProgress: (doneBytes: number) => void
}

/** A block that lies elsewhere now; its digest, length and encoding are as before. */
export type Move = {
  blockId: number
  /** A position in `RepackResult.segments`. */
  segment: number
  offset: number
}

export type RepackResult = {
  /** Synced, and so is their folder. */
  segments: NewSegment[]
  moves: Move[]
  /** Segments whose every live block moved: remove them once the catalog names the new places. */
  emptied: number[]
  /** Segments with a damaged block: left as they are, none of their blocks moved. */
  damaged: number[]
  rewrittenBytes: number
}

/**
 * Copies what lives in mostly dead segments to new ones, checking each block on the way.
 *
 * @throws signal.reason when aborted; StrataError DISK_FULL, FILE_UNWRITABLE. Nothing is left then.
 */
export async function repack(input: RepackInput): Promise<RepackResult> {
  const { sources, segmentsDir, signal } = input
  const blockCount = sources.reduce((sum, { records }) => sum + records.length, 0)
  const session = newSession()
  const opens = Array.from({ length: threadCountFor(blockCount) }, (_, thread) => {
    return { segmentsDir, session, thread }
  })
  const onProgress = (doneBlocks: number) => input.onProgress(doneBlocks * BLOCK_BYTES)
  try {
    const { result, closed } = await withJob('repack', opens, { signal, onProgress }, (job) =>
      copyAll(job, input),
    )
    const { segments, positionOf } = joinSegments(closed)
    if (segments.length > 0) syncFolder(segmentsDir)
    const moves = result.moves.map(({ blockId, thread, serial, offset }) => {
      return { blockId, segment: positionOf(thread, serial), offset }
    })
    const rewrittenBytes = segments.reduce((sum, { bytes }) => sum + bytes, 0)
    return { ...result, segments, moves, rewrittenBytes }
  } catch (error) {
    removeSession(segmentsDir, session)
    throw error
  }
}

type ThreadMove = { blockId: number; thread: number; serial: number; offset: number }

/** Each thread takes the next segment when it is done with one. */
async function copyAll(job: BlockJob<'repack'>, { sources, segmentFile }: RepackInput) {
  const moves: ThreadMove[] = []
  const emptied: number[] = []
  const damaged: number[] = []
  let next = 0

  async function drain(thread: number): Promise<void> {
    for (let source = sources[next++]; source; source = sources[next++]) {
      const { segmentId, records } = source
      const file = segmentFile(segmentId)
      const places = await job.workOn(thread, { file, records: [...records] })
      if (!places) {
        damaged.push(segmentId)
        continue
      }
      emptied.push(segmentId)
      places.forEach(({ serial, offset }, i) => {
        moves.push({ blockId: records[i]!.blockId, thread, serial, offset })
      })
    }
  }

  await Promise.all(Array.from({ length: job.threadCount }, (_, thread) => drain(thread)))
  return { moves, emptied, damaged }
}
