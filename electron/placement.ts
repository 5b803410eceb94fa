import type { Display, Rectangle } from 'electron'
import type { WindowPlace } from './settings.ts'

/** Sizes of the window in device independent pixels. */
export const FIRST_SIZE = { width: 1_440, height: 900 }
export const LEAST_SIZE = { width: 960, height: 640 }

type Screen = Pick<Display, 'workArea'>

/** Names a set of displays, so that a window comes back to where it was on this very desk. */
export function displaySetOf(displays: readonly Screen[]): string {
  return displays
    .map(({ workArea: { x, y, width, height } }) => `${width}x${height}@${x},${y}`)
    .sort()
    .join(' ')
}

/**
 * Where the window opens: as it was, but wholly inside the display that shows most of it; else in
 * the middle of the first display.
 *
 * @param displays at least one
 */
export function placeWindow(
  place: WindowPlace | undefined,
  displays: readonly Screen[],
): Rectangle {
  const areas = displays.map(({ workArea }) => workArea)
  const first = areas[0] ?? { x: 0, y: 0, ...FIRST_SIZE }
  if (!place) return centred(first)
  const shown = (area: Rectangle) => overlapOf(place, area)
  const area = areas.reduce((best, other) => (shown(other) > shown(best) ? other : best), first)
  return clamped(place, area)
}

function centred(area: Rectangle): Rectangle {
  const { width, height } = fitted(FIRST_SIZE, area)
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  }
}

function clamped(place: Rectangle, area: Rectangle): Rectangle {
  const { width, height } = fitted(place, area)
  return {
    x: Math.max(area.x, Math.min(place.x, area.x + area.width - width)),
    y: Math.max(area.y, Math.min(place.y, area.y + area.height - height)),
    width,
    height,
  }
}

/** No larger than the display, no smaller than can be used, even where the display is. */
function fitted(size: { width: number; height: number }, area: Rectangle) {
  return {
    width: Math.max(LEAST_SIZE.width, Math.min(size.width, area.width)),
    height: Math.max(LEAST_SIZE.height, Math.min(size.height, area.height)),
  }
}

/** Area in common, in square pixels. */
function overlapOf(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}
