import type { BlockRecord } from '../blocks/block-record.ts'
import { Delta, type DeltaRun } from '../blocks/delta.ts'
import { type RepackSource, repack } from '../blocks/repack.ts'
import { StrataError } from '../contract/errors.ts'
import type { RegionName } from '../contract/ids.ts'
import type { StorageTier } from '../contract/tiering.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import { removeUnnamed } from '../engine/unnamed-files.ts'
import type { CopyChanges } from './copy-changes.ts'

/** Blocks of one round: some MiB of records, whatever is copied. */
const ROUND_BLOCKS = 32_768

/** Where blocks lie; by default in the standard tier. */
export type Place = { region: RegionName; tier?: StorageTier }

/** Blocks that lie in a region's folder, synced, and are not in the catalog yet. */
export type Transferred = {
  segments: { file: string; bytes: number }[]
  /** By position among the given ids: which of the segments, and where in it. */
  segmentOf: Uint32Array
  offsetOf: Uint32Array
}

/**
 * Copies stored blocks as they are into segments of another place, checking each on the way.
 *
 * @throws signal.reason when aborted; StrataError SEGMENT_DAMAGED, DISK_FULL, FILE_UNWRITABLE.
 *   Nothing is left then.
 */
export async function transferBlocks(
  library: Library,
  blockIds: readonly number[],
  place: Place,
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
      await transferRound(library, round, from, place, job, totalBytes, done)
    }
    return done
  } catch (error) {
    removeTransferred(error, library, place, done)
    throw error
  }
}

/** What was transferred when `failure` came between. */
export function removeTransferred(
  failure: unknown,
  library: Library,
  place: Place,
  { segments }: Transferred,
): void {
  removeUnnamed(
    failure,
    segments.map(({ file }) => library.segmentFile({ ...place, file })),
  )
}

/** Within a change: names what was transferred. @returns what reads all of it */
export function nameTransferred(
  library: Library,
  place: Place,
  { runs, indices, blockIds }: CopyChanges,
  { segments, segmentOf, offsetOf }: Transferred,
): Delta {
  const first = library.takeBlockIds(blockIds.length)
  const endBlockId = first + blockIds.length
  const segmentIds = segments.map((segment) =>
    library.segments.insert({ ...segment, ...place, firstBlockId: first, endBlockId }),
  )
  function* records() {
    for (const [i, id] of blockIds.entries()) {
      yield {
        ...library.blockRecord(id),
        blockId: first + i,
        segmentId: segmentIds[segmentOf[i]!]!,
        offset: offsetOf[i]!,
      }
    }
  }
  library.blocks.put(records())
  const stored = indices.map((start, i): DeltaRun => {
    return { kind: 'data', start, end: start + 1, firstBlockId: first + i }
  })
  return Delta.of([...runs, ...stored])
}

async function transferRound(
  library: Library,
  blockIds: readonly number[],
  from: number,
  { region, tier }: Place,
  job: JobHandle,
  totalBytes: number,
  done: Transferred,
): Promise<void> {
  const positionOf = new Map(blockIds.map((id, i) => [id, from + i]))
  const segmentFile = library.segmentFiles()
  const packed = await repack({
    sources: bySegment(blockIds.map((id) => library.blockRecord(id))),
    segmentFile,
    segmentsDir: library.segmentsDir(region, tier),
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
