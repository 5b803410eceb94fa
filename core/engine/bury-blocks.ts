import type { BlockRecord } from '../blocks/block-record.ts'
import type { Delta } from '../blocks/delta.ts'
import type { IndexSet } from '../lineage/index-set.ts'
import type { Library } from './library.ts'

/** Blocks that nobody reads any more leave the catalog: dead bytes of their segments from then on. */
export function buryBlocks(library: Library, records: readonly BlockRecord[]): void {
  const bytes = new Map<number, number>()
  for (const { segmentId, length } of records) {
    bytes.set(segmentId, (bytes.get(segmentId) ?? 0) + length)
  }
  library.blocks.remove(records.map(({ blockId }) => blockId).sort((a, b) => a - b))
  for (const [segmentId, dead] of bytes) library.segments.addDead(segmentId, dead)
}

/** Of the stored blocks that a delta has at these indices; those that the catalog lost are left out. */
export function* recordsIn(library: Library, delta: Delta, set: IndexSet): Generator<BlockRecord> {
  for (const [firstId, count] of delta.blockIdsIn(set)) {
    for (let blockId = firstId; blockId < firstId + count; blockId += 1) {
      const record = library.blocks.get(blockId)
      if (record !== undefined) yield record
    }
  }
}
