import { UNWRITTEN } from '../contract/core-sample.ts'

/** One column, by row; `writers` are places (see Shape), or UNWRITTEN, or CHANGED. */
export type SampleColumn = {
  writers: Int32Array<ArrayBuffer>
  dataBlocks: Uint32Array<ArrayBuffer>
  majorityBlocks: Uint32Array<ArrayBuffer>
  releasedBlocks: Uint32Array<ArrayBuffer>
}

/** The columns of the request in its order, then the head's if there is one. */
export type SampleCells = { rowStarts: Uint32Array<ArrayBuffer>; columns: SampleColumn[] }

/** Columns without data. */
export function blankColumns(columnCount: number, rowCount: number): SampleColumn[] {
  return Array.from({ length: columnCount }, () => ({
    writers: new Int32Array(rowCount).fill(UNWRITTEN),
    dataBlocks: new Uint32Array(rowCount),
    majorityBlocks: new Uint32Array(rowCount),
    releasedBlocks: new Uint32Array(rowCount),
  }))
}
