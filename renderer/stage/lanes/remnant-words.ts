import type { Remnant } from '../../../core/contract/model.ts'
import { formatBytes, formatBytesShort } from '../../words/byte-format.ts'
import type { Column } from '../columns.ts'
import { LOW_CARD_HEIGHT } from './lane-layout.ts'
import type { LaneView } from './lane-view.ts'

/** From here all words have room. */
const WORDS_WIDTH = 80
/** In a narrower one the unit goes below its number. */
const SIZE_WIDTH = 60

/** What became of a snapshot that is no box of its own any more, and what it holds: lines of a box. */
export type RemnantWords = { readonly fate: string; readonly size: readonly string[] }

/** As far as there is room for them. */
export function remnantWords(
  view: LaneView,
  column: Column,
  { inBinUntil, isLeftByArchiving, heldBytes }: Remnant,
): RemnantWords {
  if (column.shape !== 'card') return { fate: '', size: [] }
  const isWide = column.width >= WORDS_WIDTH
  const fate = fateOf(inBinUntil !== null ? 'bin' : isLeftByArchiving ? 'archive' : 'gone', isWide)
  if (view.lanes.boxHeight === LOW_CARD_HEIGHT) {
    // That a name is struck out says enough.
    return { fate: inBinUntil !== null || isLeftByArchiving ? fate : '', size: [] }
  }
  if (isWide) return { fate, size: [formatBytes(heldBytes)] }
  const size = formatBytesShort(heldBytes)
  const isOneLine = column.width >= SIZE_WIDTH
  return { fate, size: isOneLine ? [size] : size.split('\u00a0') }
}

function fateOf(where: 'bin' | 'archive' | 'gone', isWide: boolean): string {
  const [long, short] = FATES[where]
  return isWide ? long : short
}

const FATES = {
  bin: ['in the bin', 'bin'],
  archive: ['the rest', 'rest'],
  gone: ['still holds', 'holds'],
} as const
