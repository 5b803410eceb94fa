import type { CoreSample } from '../../../core/contract/core-sample.ts'
import type { SnapshotId } from '../../../core/contract/ids.ts'

/** No snapshot stores the cell: never written, or written since the last snapshot. */
export const NO_STORER = -1

/**
 * A core sample with what follows from it. Cells are numbered `column * rowCount + row`; columns
 * are numbered as in the sample, the head last.
 */
export type Picture = {
  readonly sample: CoreSample
  readonly rowCount: number
  readonly columnOf: ReadonlyMap<SnapshotId, number>
  /** Per cell: the column that stores what it reads, or NO_STORER. */
  readonly storers: Int32Array
  /** Per cell: how many snapshots hold what it reads. */
  readonly holderCounts: Uint16Array
  /** Per cell: equal where the same snapshots hold what is read. */
  readonly holderKeys: Int32Array
}

/**
 * Who stores each cell: its writer while that is a living snapshot, else the oldest one that reads
 * it. The sample must have all living snapshots of the tree as columns, oldest first.
 */
export function pictureOf(sample: CoreSample): Picture {
  const rowCount = sample.rowStarts.length - 1
  const cellCount = rowCount * sample.columns.length
  const columnOf = new Map<SnapshotId, number>()
  for (const [index, { snapshotId }] of sample.columns.entries()) {
    if (snapshotId !== null) columnOf.set(snapshotId, index)
  }
  const picture = {
    sample,
    rowCount,
    columnOf,
    storers: new Int32Array(cellCount).fill(NO_STORER),
    holderCounts: new Uint16Array(cellCount),
    holderKeys: new Int32Array(cellCount),
  }
  const livingColumns = Int32Array.from(sample.writers, (id) => columnOf.get(id) ?? NO_STORER)
  for (let row = 0; row < rowCount; row++) fillRow(picture, row, livingColumns)
  return picture
}

/** The columns of snapshots that hold what a cell reads, the one itself included; oldest first. */
export function holdersOf(picture: Picture, column: number, row: number): readonly number[] {
  const writer = picture.sample.columns[column]?.cells[row] ?? -1
  if (writer < 0) return []
  const holders: number[] = []
  for (const [index, other] of picture.sample.columns.entries()) {
    if (other.snapshotId !== null && other.cells[row] === writer) holders.push(index)
  }
  return holders
}

function fillRow(picture: Picture, row: number, livingColumns: Int32Array): void {
  const { sample, rowCount, storers, holderCounts, holderKeys } = picture
  const firstReader = new Int32Array(sample.writers.length).fill(NO_STORER)
  const count = new Uint16Array(sample.writers.length)
  const key = new Int32Array(sample.writers.length)
  for (const [index, column] of sample.columns.entries()) {
    const writer = column.cells[row] ?? -1
    if (writer < 0 || column.snapshotId === null) continue
    if (firstReader[writer] === NO_STORER) firstReader[writer] = index
    count[writer] = (count[writer] ?? 0) + 1
    key[writer] = Math.imul((key[writer] ?? 0) ^ (index + 1), 0x01000193)
  }
  for (const [index, column] of sample.columns.entries()) {
    const writer = column.cells[row] ?? -1
    if (writer < 0) continue
    const cell = index * rowCount + row
    const living = livingColumns[writer] ?? NO_STORER
    storers[cell] = living === NO_STORER ? (firstReader[writer] ?? NO_STORER) : living
    holderCounts[cell] = count[writer] ?? 0
    holderKeys[cell] = key[writer] ?? 0
  }
}
