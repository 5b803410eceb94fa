import { CHANGED } from '../contract/core-sample.ts'
import { Majority } from './majority.ts'
import { blankColumns, type SampleCells, type SampleColumn } from './sample-cells.ts'
import {
  CHANGED_DATA,
  isReleasedState,
  NO_DATA,
  type SampleWindow,
  writerPlaceOf,
} from './sample-window.ts'

/** The window as `rowCount` bins of equal size (to a block), never more than it has blocks. */
export function showBins(window: SampleWindow, rowCount: number, hasHead: boolean): SampleCells {
  const { bounds, columns: order } = window
  const first = bounds[0]!
  const size = bounds.at(-1)! - first
  const rowStarts = Uint32Array.from({ length: rowCount + 1 }, (_, row) =>
    Math.floor(first + (row * size) / rowCount),
  )
  const columns = blankColumns(order.length + (hasHead ? 1 : 0), rowCount)
  const bin = new Bin(order.length, window.placeCount)
  const headBin = new Bin(1, window.placeCount)
  let atom = -1
  let at = first
  for (let row = 0; row < rowCount; row++) {
    while (at < rowStarts[row + 1]!) {
      if (atom < 0 || at === bounds[atom + 1]) window.show(++atom)
      const end = Math.min(bounds[atom + 1]!, rowStarts[row + 1]!)
      for (let run = 0; run < window.length; run++) {
        bin.add(window.starts[run]!, window.starts[run + 1]!, window.states[run]!, end - at)
      }
      if (hasHead) headBin.add(0, 1, window.headState, end - at)
      at = end
    }
    bin.empty(row, (column) => columns[order[column]!]!)
    if (hasHead) headBin.empty(row, () => columns[order.length]!)
  }
  return { rowStarts, columns }
}

/** What falls into one bin: weights of writers over runs of columns, read out by column. */
class Bin {
  readonly #columnCount: number
  readonly #majority: Majority
  // By column: how much more there is from it on than before it.
  readonly #dataSteps: Float64Array
  readonly #releasedSteps: Float64Array
  /** By column: its last change, and from there by `#earlier`; -1 ends. */
  readonly #lastChanges: Int32Array
  #changeCount = 0
  #earlier = new Int32Array(1_024)
  #writers = new Int32Array(1_024)
  #weights = new Int32Array(1_024)

  constructor(columnCount: number, placeCount: number) {
    this.#columnCount = columnCount
    this.#majority = new Majority(placeCount)
    this.#dataSteps = new Float64Array(columnCount + 1)
    this.#releasedSteps = new Float64Array(columnCount + 1)
    this.#lastChanges = new Int32Array(columnCount + 1).fill(-1)
  }

  add(start: number, end: number, state: number, weight: number): void {
    if (state === NO_DATA) return
    this.#dataSteps[start]! += weight
    this.#dataSteps[end]! -= weight
    if (isReleasedState(state)) {
      this.#releasedSteps[start]! += weight
      this.#releasedSteps[end]! -= weight
    }
    const writer = state === CHANGED_DATA ? CHANGED : writerPlaceOf(state)
    this.#change(start, writer, weight)
    this.#change(end, writer, -weight)
  }

  /** Writes each column's cell of a row and forgets everything. */
  empty(row: number, columnAt: (column: number) => SampleColumn): void {
    const majority = this.#majority
    let data = 0
    let released = 0
    for (let column = 0; column <= this.#columnCount; column++) {
      data += this.#dataSteps[column]!
      released += this.#releasedSteps[column]!
      for (let at = this.#lastChanges[column]!; at >= 0; at = this.#earlier[at]!) {
        majority.add(this.#writers[at]!, this.#weights[at]!)
      }
      if (column === this.#columnCount) break
      majority.settle()
      if (data === 0) continue
      const cells = columnAt(column)
      cells.writers[row] = majority.best
      cells.dataBlocks[row] = data
      cells.majorityBlocks[row] = majority.weight
      cells.releasedBlocks[row] = released
    }
    majority.settle()
    this.#dataSteps.fill(0)
    this.#releasedSteps.fill(0)
    this.#lastChanges.fill(-1)
    this.#changeCount = 0
  }

  #change(column: number, writer: number, weight: number): void {
    if (this.#changeCount === this.#writers.length) {
      this.#earlier = doubled(this.#earlier)
      this.#writers = doubled(this.#writers)
      this.#weights = doubled(this.#weights)
    }
    this.#earlier[this.#changeCount] = this.#lastChanges[column]!
    this.#writers[this.#changeCount] = writer
    this.#weights[this.#changeCount] = weight
    this.#lastChanges[column] = this.#changeCount++
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
