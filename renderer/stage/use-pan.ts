import { useCallback, useLayoutEffect, useState } from 'react'
import { type Column, type ColumnLayout, GUTTER_WIDTH } from './columns.ts'
import type { LaneLayout } from './lanes/lane-layout.ts'

export type Pan = {
  readonly x: number
  readonly y: number
  /** Pixels; kept where there is something to see. */
  move(x: number, y: number): void
  /** Moves a column and a lane, by its place, into view by as little as it takes. */
  reveal(column: Column | undefined, lanePlace: number): void
}

/** Where lanes and core sample are moved to: one offset, so that columns never part. */
export function usePan(layout: ColumnLayout, lanes: LaneLayout, width: number): Pan {
  const mostX = Math.max(0, layout.contentWidth - (width - GUTTER_WIDTH))
  const mostY = Math.max(0, lanes.contentHeight - lanes.height)
  // Begins at the newest: that is what people open a volume for.
  const [at, setAt] = useState({ x: Number.POSITIVE_INFINITY, y: 0 })
  const x = Math.min(at.x, mostX)
  const y = Math.min(at.y, mostY)
  const move = useCallback(
    (toX: number, toY: number) => {
      const nextX = Math.min(mostX, Math.max(0, toX))
      const nextY = Math.min(mostY, Math.max(0, toY))
      setAt((last) => (last.x === nextX && last.y === nextY ? last : { x: nextX, y: nextY }))
    },
    [mostX, mostY],
  )
  const reveal = useCallback(
    (column: Column | undefined, lanePlace: number) => {
      const toX = column ? near(x, column.x, column.width, width - GUTTER_WIDTH) : x
      const top = lanes.tops[lanePlace]
      move(toX, top === undefined ? y : near(y, top, lanes.boxHeight, lanes.height))
    },
    [width, lanes, x, y, move],
  )
  return { x, y, move, reveal }
}

/** Where to move to so that `length` from `start` on is in view, with a margin on both sides. */
function near(at: number, start: number, length: number, seen: number): number {
  const least = start + length + MARGIN - seen
  return Math.min(Math.max(at, least), start - MARGIN)
}

/**
 * Zoom along x that keeps a column where it is on the screen.
 *
 * @param setZoom takes 1 for everything in view; the layout that follows is given back in `layout`
 */
export function useColumnZoom(
  layout: ColumnLayout,
  pan: Pan,
  setZoom: (change: (last: number) => number) => void,
) {
  const [anchor, setAnchor] = useState<{ key: string; offset: number } | null>(null)
  useLayoutEffect(() => {
    if (anchor === null) return
    const column = layout.columns.find((c) => keyOf(c) === anchor.key)
    if (column) pan.move(column.x + column.width / 2 - anchor.offset, pan.y)
    setAnchor(null)
  }, [layout, anchor, pan])
  return useCallback(
    (factor: number, about: Column | undefined) => {
      if (about) setAnchor({ key: keyOf(about), offset: about.x + about.width / 2 - pan.x })
      setZoom((last) => Math.min(ZOOM_MAX, Math.max(1, last * factor)))
    },
    [pan.x, setZoom],
  )
}

const MARGIN = 12
/** From all of a thousand columns in view to one column a card. */
const ZOOM_MAX = 256

function keyOf(column: Column): string {
  return column.id ?? 'now'
}
