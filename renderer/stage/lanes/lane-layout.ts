import type { ColumnLayout } from '../columns.ts'

/** Where lanes lie from the top of the stage, in pixels. */
export type LaneLayout = {
  readonly tops: readonly number[]
  readonly boxHeight: number
  /** From the top of a box to the line of its lane. */
  readonly riverY: number
  /** Of all lanes, with room for captions above the first and below the last. */
  readonly contentHeight: number
  /** What of them is in view; less than the content when there are many. */
  readonly height: number
}

/** Room for a caption of one line. */
const CAPTION = 28
/** Under narrow boxes there are no words. */
const FOOT_OF_PILLS = 12
export const DETAIL_CARD_HEIGHT = 204
export const FULL_CARD_HEIGHT = 120
const COMPACT_CARD_HEIGHT = 92
/** A name and a strip, when many lanes share a low stage. */
export const LOW_CARD_HEIGHT = 60
const PILL_HEIGHT = 76
/** Narrower cards have no room for all figures, or for any beside their names. */
export const DETAIL_CARD_WIDTH = 250
export const FULL_CARD_WIDTH = 132
/** Of the stage: the rest belongs to the core sample. */
const HEIGHT_SHARE_MAX = 0.5
/** As much more is better than a card that is cut at its foot. */
const OVERDRAFT = 36

export function layoutLanes(
  laneCount: number,
  columns: ColumnLayout,
  stageHeight: number,
): LaneLayout {
  const most = Math.max(PILL_HEIGHT + CAPTION + FOOT_OF_PILLS, stageHeight * HEIGHT_SHARE_MAX)
  const wanted = boxHeightOf(columns)
  const heights =
    columns.shape === 'card'
      ? [wanted, FULL_CARD_HEIGHT, COMPACT_CARD_HEIGHT, LOW_CARD_HEIGHT]
      : [wanted]
  const fits = (height: number) => height <= wanted && contentHeightOf(laneCount, height) <= most
  const boxHeight = heights.find(fits) ?? heights.at(-1) ?? wanted
  const contentHeight = contentHeightOf(laneCount, boxHeight)
  const pitch = boxHeight + gapOf(boxHeight)
  return {
    tops: Array.from({ length: laneCount }, (_, lane) => CAPTION + lane * pitch),
    boxHeight,
    riverY: columns.shape === 'card' ? 20 : 13,
    contentHeight,
    height: contentHeight <= most + OVERDRAFT ? contentHeight : Math.round(most),
  }
}

function contentHeightOf(laneCount: number, boxHeight: number): number {
  const foot = boxHeight === PILL_HEIGHT ? FOOT_OF_PILLS : CAPTION
  return CAPTION + laneCount * boxHeight + (laneCount - 1) * gapOf(boxHeight) + foot
}

function boxHeightOf(columns: ColumnLayout): number {
  if (columns.shape !== 'card') return PILL_HEIGHT
  const width = columns.columns.at(-1)?.width ?? 0
  if (width >= DETAIL_CARD_WIDTH) return DETAIL_CARD_HEIGHT
  return width >= FULL_CARD_WIDTH ? FULL_CARD_HEIGHT : COMPACT_CARD_HEIGHT
}

function gapOf(boxHeight: number): number {
  if (boxHeight === LOW_CARD_HEIGHT) return 32
  return boxHeight === PILL_HEIGHT ? 36 : 44
}
