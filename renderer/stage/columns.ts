import type { RegionName, SnapshotId } from '../../core/contract/ids.ts'
import type { LaneKey } from '../state/lanes.ts'

/** Left of the first column: lane names above, the address axis below. */
export const GUTTER_WIDTH = 84
/** From the gutter to the first column, and from the last column to the edge. */
export const COLUMN_PADDING = 8

const CARD_PITCH = 200
const CARD_PITCH_MIN = 84
/** Where there is so much room, cards hold every figure. */
const DETAIL_PITCH = 292
const OPEN_WIDTH = 34
const OPEN_WIDTH_MAX = 72
const SQUEEZED_WIDTH = 11
/** Fractions of a pixel: the whole history stays in view, and zooming shows the rest. */
const SQUEEZED_WIDTH_MIN = 0.25
const NOW_WIDTH = 46
/** What a thousand widths of fractions of a pixel are off when added up. */
const ROUNDING = 1e-6
/** A remnant needs less room than a snapshot: it has no cells. */
const REMNANT_SHARE = 0.55
/** Opened columns never take more than this share of the width from the squeezed ones. */
const OPEN_SHARE_MAX = 0.6

/** What stands in a column, in order of start. Heads share one last column and are not listed. */
export type ColumnEntry = {
  readonly id: SnapshotId
  readonly laneKey: LaneKey
  readonly region: RegionName
  readonly kind: 'snapshot' | 'remnant'
}

/**
 * card: a box with figures, its cells as wide as the box, gaps between. pill: a narrow box, cells
 * side by side. bar: squeezed, drawn inside a capsule.
 */
export type ColumnShape = 'card' | 'pill' | 'bar'

export type Column = {
  readonly id: SnapshotId | null
  readonly kind: 'snapshot' | 'remnant' | 'now'
  readonly laneKey: LaneKey | null
  readonly region: RegionName | null
  readonly shape: ColumnShape
  /** Pixels from the gutter, before panning. */
  readonly x: number
  readonly width: number
}

export type ColumnLayout = {
  /** Left to right; the last one is "Now". */
  readonly columns: readonly Column[]
  readonly shape: 'card' | 'pill' | 'squeezed'
  readonly contentWidth: number
}

export type ColumnRequest = {
  readonly entries: readonly ColumnEntry[]
  /** Columns that must stay open when others are squeezed, the most important first. */
  readonly openFirst: readonly SnapshotId[]
  /** Right of the gutter. */
  readonly availableWidth: number
  /** 1: everything fits if it can. */
  readonly zoom: number
}

/**
 * Where each column lies. Columns first come closer, then lose their figures, and are squeezed last.
 * At zoom 1 all of them fit, unless there are several for each pixel.
 */
export function layoutColumns(request: ColumnRequest): ColumnLayout {
  const room = (request.availableWidth - 2 * COLUMN_PADDING) * request.zoom
  const remnantCount = request.entries.filter((entry) => entry.kind === 'remnant').length
  const units = request.entries.length - remnantCount * (1 - REMNANT_SHARE) + 1
  const fitting = Math.floor((room + gapOf(room / units)) / units)
  const pitch = fitting >= DETAIL_PITCH ? DETAIL_PITCH : Math.min(CARD_PITCH, fitting)
  if (pitch >= CARD_PITCH_MIN) return layoutCards(request.entries, pitch)
  const openWidth = Math.floor((room - NOW_WIDTH) / Math.max(1, request.entries.length))
  if (openWidth >= OPEN_WIDTH) {
    return place(request.entries, 'pill', () => Math.min(openWidth, OPEN_WIDTH_MAX))
  }
  // A remnant has no bar and no cells: squeezed, it would be a hole.
  return layoutSqueezed(
    request.entries.filter((entry) => entry.kind === 'snapshot'),
    request.openFirst,
    room,
  )
}

/** The column under `x` (pixels from the gutter, before panning), or the nearest one. */
export function columnAt(layout: Pick<ColumnLayout, 'columns'>, x: number): Column | undefined {
  let low = 0
  let high = layout.columns.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    const next = layout.columns[middle + 1]
    const here = layout.columns[middle]
    if (next && here && x >= (here.x + here.width + next.x) / 2) low = middle + 1
    else high = middle
  }
  return layout.columns[low]
}

function gapOf(pitch: number): number {
  return Math.round(Math.min(28, Math.max(10, pitch * 0.14)))
}

function layoutCards(entries: readonly ColumnEntry[], pitch: number): ColumnLayout {
  const gap = gapOf(pitch)
  let x = COLUMN_PADDING
  const columns: Column[] = entries.map((entry) => {
    const share = entry.kind === 'remnant' ? REMNANT_SHARE : 1
    const width = Math.round(pitch * share) - gap
    const column: Column = { ...entry, shape: 'card', x, width }
    x += width + gap
    return column
  })
  columns.push({ ...NOW, shape: 'card', x, width: pitch - gap })
  return { columns, shape: 'card', contentWidth: x + pitch - gap + COLUMN_PADDING }
}

function layoutSqueezed(
  entries: readonly ColumnEntry[],
  openFirst: readonly SnapshotId[],
  room: number,
): ColumnLayout {
  const forOpen = Math.floor((room * OPEN_SHARE_MAX) / OPEN_WIDTH)
  const open = new Set(openFirst.slice(0, forOpen))
  const affordable = Math.floor(
    (room - NOW_WIDTH - SQUEEZED_WIDTH * entries.length) / (OPEN_WIDTH - SQUEEZED_WIDTH),
  )
  for (const id of neighboursFirst(entries, [...open])) {
    if (open.size >= affordable) break
    open.add(id)
  }
  const squeezedCount = Math.max(1, entries.length - open.size)
  const left = (room - NOW_WIDTH - OPEN_WIDTH * open.size) / squeezedCount
  const bounded = Math.min(SQUEEZED_WIDTH, Math.max(SQUEEZED_WIDTH_MIN, left))
  const width = bounded >= 3 ? Math.floor(bounded) : bounded
  return place(entries, 'squeezed', (entry) => (open.has(entry.id) ? OPEN_WIDTH : width))
}

function place(
  entries: readonly ColumnEntry[],
  shape: 'pill' | 'squeezed',
  widthOf: (entry: ColumnEntry) => number,
): ColumnLayout {
  let x = COLUMN_PADDING
  const columns: Column[] = entries.map((entry) => {
    const width = widthOf(entry)
    const column: Column = { ...entry, shape: width < OPEN_WIDTH ? 'bar' : 'pill', x, width }
    x += width
    return column
  })
  const end = Math.ceil(x - ROUNDING)
  columns.push({ ...NOW, shape: 'pill', x: end + 4, width: NOW_WIDTH - 4 })
  return { columns, shape, contentWidth: end + NOW_WIDTH + COLUMN_PADDING }
}

/** Those beside open columns of their lane, so that no capsule is cut short, then the newest. */
function neighboursFirst(
  entries: readonly ColumnEntry[],
  open: readonly SnapshotId[],
): readonly SnapshotId[] {
  const beside = open.flatMap((id) => {
    const laneKey = entries.find((entry) => entry.id === id)?.laneKey
    const lane = entries.filter((entry) => entry.laneKey === laneKey)
    const at = lane.findIndex((entry) => entry.id === id)
    return [lane[at - 1], lane[at + 1]].flatMap((entry) => entry?.id ?? [])
  })
  return [...beside, ...entries.map((entry) => entry.id).reverse()]
}

const NOW = { id: null, kind: 'now', laneKey: null, region: null } as const
