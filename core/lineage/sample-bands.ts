import { CHANGED } from '../contract/core-sample.ts'
import { blankColumns, type SampleCells, type SampleColumn } from './sample-cells.ts'
import {
  CHANGED_DATA,
  isReleasedState,
  NO_DATA,
  type SampleWindow,
  writerPlaceOf,
} from './sample-window.ts'

/** What the columns are on one band: runs of equal ones, as in SampleWindow. */
type Band = Pick<SampleWindow, 'starts' | 'states' | 'headState' | 'isHeadUnloaded'> & {
  start: number
}

/** The window as bands, each as long as no column changes; null when they are over `maxRows`. */
export function showBands(
  window: SampleWindow,
  maxRows: number,
  hasHead: boolean,
): SampleCells | null {
  const bands = findBands(window, maxRows)
  if (bands === null) return null
  const { bounds, columns: order } = window
  const rowStarts = Uint32Array.from([...bands.map(({ start }) => start), bounds.at(-1)!])
  const columns = blankColumns(order.length + (hasHead ? 1 : 0), bands.length)
  for (const [row, { starts, states, headState }] of bands.entries()) {
    const size = rowStarts[row + 1]! - rowStarts[row]!
    for (const [run, state] of states.entries()) {
      for (let at = starts[run]!; at < starts[run + 1]!; at++) {
        fill(columns[order[at]!]!, row, state, size)
      }
    }
    if (hasHead) fill(columns[order.length]!, row, headState, size)
  }
  return { rowStarts, columns }
}

function findBands(window: SampleWindow, maxRows: number): Band[] | null {
  const bands: Band[] = []
  for (let atom = 0; atom + 1 < window.bounds.length; atom++) {
    window.show(atom)
    if (isSame(bands[bands.length - 1], window)) continue
    if (bands.length === maxRows) return null
    bands.push({
      start: window.bounds[atom]!,
      starts: window.starts.slice(0, window.length + 1),
      states: window.states.slice(0, window.length),
      headState: window.headState,
      isHeadUnloaded: window.isHeadUnloaded,
    })
  }
  return bands
}

function isSame(band: Band | undefined, window: SampleWindow): boolean {
  if (band === undefined || band.headState !== window.headState) return false
  if (band.isHeadUnloaded !== window.isHeadUnloaded) return false
  if (band.states.length !== window.length) return false
  for (let run = 0; run < window.length; run++) {
    if (band.states[run] !== window.states[run]) return false
    if (band.starts[run] !== window.starts[run]) return false
  }
  return true
}

function fill(column: SampleColumn, row: number, state: number, size: number): void {
  if (state === NO_DATA) return
  column.writers[row] = state === CHANGED_DATA ? CHANGED : writerPlaceOf(state)
  column.dataBlocks[row] = size
  column.majorityBlocks[row] = size
  if (isReleasedState(state)) column.releasedBlocks[row] = size
}
