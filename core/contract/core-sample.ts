import { z } from 'zod'
import { BlockIndex, SnapshotId, VolumeId } from './ids.ts'

/** Rows a picture can show: more than pixels on a screen help nobody. */
export const MAX_SAMPLE_ROWS = 1_024
export const MAX_SAMPLE_COLUMNS = 2_000

/** `writers` index of a cell that no snapshot wrote. */
export const UNWRITTEN = -1
/** `writers` index of a cell of a head that was written since its base. */
export const CHANGED = -2

const ints = z.instanceof(Int32Array)
const counts = z.instanceof(Uint32Array)

/**
 * Address against time: for each column (a snapshot, or the head) and each row (a run of block
 * indices) the snapshot that wrote what is read there.
 */
export const CoreSampleRequest = z.strictObject({
  volumeId: VolumeId,
  /** Columns, left to right; any snapshots of one tree. */
  snapshotIds: z.array(SnapshotId).max(MAX_SAMPLE_COLUMNS),
  /** Adds a last column for the volume's head. */
  withHead: z.boolean(),
  firstBlock: BlockIndex,
  blockCount: z.int().nonnegative(),
  maxRows: z.int().positive().max(MAX_SAMPLE_ROWS),
  /** Snapshots whose deletion is being considered; `released` counts what goes with them. */
  doomedIds: z.array(SnapshotId),
})
export type CoreSampleRequest = z.infer<typeof CoreSampleRequest>

export const CoreSampleColumn = z.strictObject({
  /** null: the head. */
  snapshotId: SnapshotId.nullable(),
  /** Per row: index into `writers` of who wrote most of its data, or UNWRITTEN, or CHANGED. */
  cells: ints,
  /** Per row: data blocks. */
  dataBlocks: counts,
  /** Per row: data blocks of the cell's majority writer; equals `dataBlocks` where pure. */
  majorityBlocks: counts,
  /** Per row: data blocks that no snapshot holds once the doomed are gone. */
  releasedBlocks: counts,
  /** Per row: data blocks that have not been loaded yet; null but for the head of a loading volume. */
  unloadedBlocks: counts.nullable(),
})
export type CoreSampleColumn = z.infer<typeof CoreSampleColumn>

export const CoreSample = z.strictObject({
  /** `rowStarts[r]` to `rowStarts[r + 1]` are the block indices of row r: rows + 1 entries. */
  rowStarts: counts,
  /** Every row is of one writer in every column: rows are the true bands, not bins. */
  isExact: z.boolean(),
  /** Who wrote cells, alive or not, in order of start. */
  writers: z.array(SnapshotId),
  columns: z.array(CoreSampleColumn),
})
export type CoreSample = z.infer<typeof CoreSample>
