import { basename } from 'node:path'
import { StrataError } from '../contract/errors.ts'
import type { BlockRecord } from './block-record.ts'
import { SegmentReader } from './segment-reader.ts'

/**
 * Reads one block, checked. For many there are `writeImage` and `checkBlocks`.
 *
 * @param file the path of the segment that `record` names
 * @param into 524,288 bytes, out
 * @throws StrataError SEGMENT_MISSING, BLOCK_DAMAGED; `into` is worthless then
 */
export async function readBlock(record: BlockRecord, file: string, into: Buffer): Promise<void> {
  const reader = new SegmentReader()
  try {
    if (record.encoding === 'zstd') await reader.prepare()
    const fault = reader.read({ ...record, file }, into)
    if (!fault) return
    const data = { file: basename(file), block: record.blockId }
    if (fault === 'missing-segment') throw new StrataError('SEGMENT_MISSING', data)
    throw new StrataError('BLOCK_DAMAGED', { ...data, offsetBytes: record.offset })
  } finally {
    reader.close()
  }
}
