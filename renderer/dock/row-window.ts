import { type UIEvent, useState } from 'react'

/** As snapshot-table.css makes them. */
const ROW_HEIGHT = 24
/** Rows above and below what is seen, so that a turn of the wheel meets drawn ones. */
const SPARE_ROWS = 20
/** A dock is never higher. */
const ROWS_IN_VIEW_MAX = 80

/** The rows that are worth drawing: `from` to `to`, not included. */
export type RowWindow = { from: number; to: number }

/** @param scrollTop pixels above what is seen, the head of the table not counted */
export function rowWindow(scrollTop: number, rowCount: number): RowWindow {
  const first = Math.floor(scrollTop / ROW_HEIGHT)
  // In steps, so that scrolling by a pixel draws nothing anew.
  const from = Math.max(0, Math.floor((first - SPARE_ROWS) / SPARE_ROWS) * SPARE_ROWS)
  return { from, to: Math.min(rowCount, from + ROWS_IN_VIEW_MAX + 3 * SPARE_ROWS) }
}

/** Follows the scrolling of a table. Few rows are drawn all. */
export function useRowWindow(rowCount: number) {
  const [scrollTop, setScrollTop] = useState(0)
  const window = rowWindow(scrollTop, rowCount)
  const spaceOf = (rows: number) => ({ height: rows * ROW_HEIGHT })
  return {
    ...window,
    spaceAbove: window.from > 0 ? spaceOf(window.from) : null,
    spaceBelow: window.to < rowCount ? spaceOf(rowCount - window.to) : null,
    onScroll: (event: UIEvent<HTMLElement>) => {
      const at = event.currentTarget.scrollTop
      const next = rowWindow(at, rowCount)
      if (next.from !== window.from) setScrollTop(at)
    },
    /** Brings a row into view before it is there to be focused. */
    reveal: (index: number) => {
      if (index < window.from || index >= window.to) setScrollTop(index * ROW_HEIGHT)
    },
  }
}
