import { BLOCK_BYTES } from '../contract/units.ts'
import { assertSame, assertThere } from '../images/image-file.ts'
import { type ImageStamp, stampOf, untilTimesTell } from '../images/image-stamp.ts'
import { type IndexSet, sizeOf } from '../lineage/index-set.ts'
import { type BlockJobs, HASHED_BLOCKS, READ_BLOCKS } from './block-jobs.ts'
import { threadCountFor, withJob } from './block-threads.ts'
import { syncFolder } from './durable-folder.ts'
import type { SharedKept } from './kept-blocks.ts'
import { ScanCollector } from './scan-collector.ts'
import { scanWindows } from './scan-windows.ts'
import type { Sealing } from './sealed-writer.ts'
import { newSession, removeSession } from './segment-session.ts'
import type { StoredBlocks } from './stored-blocks.ts'
import { runWindows } from './window-pipeline.ts'

/**
 * What the parent holds at blocks `start` to `end - 1`; called on the engine thread, once a window.
 *
 * @param states out, per block: 0 none (unwritten or a hole), 1 data, 2 fill. Comes zeroed
 * @param digests out, 32 bytes a block: the SHA-256, the identity of a sealed block, or the pattern of
 *   a fill in the first 16
 */
export type ParentBlocks = (
  start: number,
  end: number,
  states: Uint8Array,
  digests: Uint8Array,
) => void

export type ScanInput = {
  /** The real path. Each thread opens it again and insists on the file of `stamp`. */
  path: string
  stamp: ImageStamp
  /** Of the volume. What lies past it, or past the end of the file, reads as zeros. */
  sizeBytes: number
  /**
   * Where blocks are kept before they are overwritten, of a file that the library itself writes to.
   * Default: the file must not change meanwhile.
   */
  kept?: SharedKept | null
  /** The blocks to look at. */
  indices: IndexSet
  /** What a block of zeros is: nothing (a linked image), or a block written with zeros. */
  zeros: 'hole' | 'fill'
  /** null: every block that holds data counts as changed. */
  parent: ParentBlocks | null
  segmentsDir: string
  /** 'zstd' stores raw where the runtime cannot compress (`canCompress`). */
  compression: 'zstd' | 'none'
  /** How all that is stored is sealed, fills too; default: it is not. A copy goes to each thread. */
  sealing?: Sealing | null
  signal: AbortSignal
  /** Bytes looked at so far; about ten times a second and once at the end. */
  onProgress: (doneBytes: number) => void
}

/** A finished segment file, by its name in the folder: its data is synced, and so is its folder. */
export type NewSegment = { file: string; bytes: number }

export type ScanResult = {
  /** Zeros now, where the parent had data. Empty without a parent or with `zeros: 'fill'`. */
  holes: IndexSet
  /** Changed blocks that repeat one 16-byte pattern; sorted, neighbours joined. */
  fills: { start: number; end: number; pattern: Buffer }[]
  /** Changed blocks that are stored, in order of their index: 48 bytes of memory each. */
  blocks: StoredBlocks
  segments: NewSegment[]
  readBytes: number
  hashedBlocks: number
}

/**
 * Reads the given blocks of an image, finds what changed and writes it to new segments.
 *
 * @throws signal.reason when aborted; StrataError FILE_UNREADABLE, IMAGE_CHANGED, DISK_FULL,
 *   FILE_UNWRITABLE. After any of them none of its segment files is left.
 */
export async function scanBlocks(input: ScanInput): Promise<ScanResult> {
  const { path, stamp, indices, segmentsDir, signal, kept = null } = input
  const session = newSession()
  if (kept === null) await untilTimesTell(stamp)
  const opens: BlockJobs['scan']['open'][] = []
  for (let thread = 0; thread < threadCountFor(sizeOf(indices)); thread++) {
    opens.push({
      path,
      stamp,
      sizeBytes: Math.min(input.sizeBytes, stamp.sizeBytes),
      kept,
      zeros: input.zeros,
      hasParent: input.parent !== null,
      segmentsDir,
      session,
      thread,
      compression: input.compression,
      sealing: input.sealing ?? null,
    })
  }
  const onProgress = (doneBlocks: number) => input.onProgress(doneBlocks * BLOCK_BYTES)
  const collector = new ScanCollector()
  try {
    const { closed, control } = await withJob('scan', opens, { signal, onProgress }, (job) =>
      runWindows(
        scanWindows(indices, input.parent),
        (window) => job.work({ window: window.shared, files: [], keys: [] }),
        (window) => collector.take(window),
      ),
    )
    const assert = kept === null ? assertSame : assertThere
    assert(path, stamp, stampOf(path))
    if (closed.some((segments) => segments.length > 0)) syncFolder(segmentsDir)
    return {
      ...collector.finish(closed),
      readBytes: control[READ_BLOCKS]! * BLOCK_BYTES,
      hashedBlocks: control[HASHED_BLOCKS]!,
    }
  } catch (error) {
    removeSession(segmentsDir, session)
    throw error
  }
}
