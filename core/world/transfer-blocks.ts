import type { BlockRecord } from '../blocks/block-record.ts'
import { type RepackSource, repack } from '../blocks/repack.ts'
import { StrataError } from '../contract/errors.ts'
import type { RegionName } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import { removeUnnamed } from '../engine/unnamed-files.ts'

/** Blocks of one round: some MiB of records, whatever is copied. */
const ROUND_BLOCKS = 32_768

/** Blocks that lie in a region's folder, synced, and are not in the catalog yet. */
export type Transferred = {
  segments: { file: string; bytes: number }[]
  /** By position among the given ids: which of the segments, and where in it. */
  segmentOf: Uint32Array
  offsetOf: Uint32Array
}

/**
 * Copies stored blocks as they are into segments of another region, checking each on the way.
 *
 * @throws signal.reason when aborted; StrataError SEGMENT_DAMAGED, DISK_FULL, FILE_UNWRITABLE.
 *   Nothing is left then.
 */
export async function transferBlocks(
  library: Library,
  blockIds: readonly number[],
  region: RegionName,
  job: JobHandle,
  totalBytes: number,
): Promise<Transferred> {
  const done: Transferred = {
    segments: [],
    segmentOf: new Uint32Array(blockIds.length),
    offsetOf: new Uint32Array(blockIds.length),
  }
  try {
    for (let from = 0; from < blockIds.length; from += ROUND_BLOCKS) {
      const round = blockIds.slice(from, from + ROUND_BLOCKS)
      await transferRound(library, round, from, region, job, totalBytes, done)
    }
    return done
  } catch (error) {
    removeTransferred(error, library, region, done)
    throw error
  }
}

/** What was transferred when `failure` came between. */
export function removeTransferred(
  failure: unknown,
  library: Library,
  region: RegionName,
  { segments }: Transferred,
): void {
  removeUnnamed(
    failure,
    segments.map(({ file }) => library.segmentFile({ region, file })),
  )
}

async function transferRound(
  library: Library,
  blockIds: readonly number[],
  from: number,
  region: RegionName,
  job: JobHandle,
  totalBytes: number,
  done: Transferred,
): Promise<void> {
  const positionOf = new Map(blockIds.map((id, i) => [id, from + i]))
  const segmentFile = library.segmentFiles()
  const packed = await repack({
    sources: bySegment(blockIds.map((id) => library.blockRecord(id))),
    segmentFile,
    segmentsDir: library.segmentsDir(region),
    signal: job.signal,
    onProgress: (doneBytes) => job.progress(from * BLOCK_BYTES + doneBytes, totalBytes),
  })
  const first = done.segments.length
  done.segments.push(...packed.segments)
  const [damaged] = packed.damaged
  if (damaged !== undefined)
    throw new StrataError('SEGMENT_DAMAGED', { file: segmentFile(damaged) })
  for (const { blockId, segment, offset } of packed.moves) {
    const position = positionOf.get(blockId)!
    done.segmentOf[position] = first + segment
    done.offsetOf[position] = offset
  }
}

/** In the order in which they lie, so that a disk reads them in one go. */
function bySegment(records: readonly BlockRecord[]): RepackSource[] {
  const groups = new Map<number, BlockRecord[]>()
  for (const record of records) {
    const group = groups.get(record.segmentId)
    if (group === undefined) groups.set(record.segmentId, [record])
    else group.push(record)
  }
  return [...groups].map(([segmentId, group]) => ({
    segmentId,
    records: group.sort((a, b) => a.offset - b.offset),
  }))
}
