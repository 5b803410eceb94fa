import type { Snapshot } from '../../../core/contract/model.ts'
import type { Mark } from '../../state/marks.ts'
import type { Column } from '../columns.ts'
import { hasFigures, type Level } from './flow-nodes.ts'
import type { LaneView } from './lane-view.ts'

/** Of a glyph with the gap before it, and of a character of a name, pixels. */
const [GLYPH, CHARACTER] = [15, 8]
/** A name keeps so much, however many marks stand beside it. */
const NAME_MAX = 48
/** The swatch and both gaps of a card's head. */
const SWATCH = 24
/** Both sides of a card; of one without figures; of a pill's badge with its column. */
const [PADDING, PADDING_COMPACT, PADDING_PILL] = [24, 16, 10]

/** The marks that a box has room for, and how many it has not. */
export type BoxMarks = { readonly shown: readonly Mark[]; readonly more: number }

/** What an image keeps has a frame around it instead. */
export function boxMarks(
  { tree }: LaneView,
  { snapshotId, name }: Snapshot,
  column: Column,
  level: Level,
): BoxMarks {
  const marks = tree.marks.get(snapshotId)?.filter(({ kind }) => kind !== 'image') ?? []
  const room = Math.max(1, Math.floor(roomFor(name, column.width, level) / GLYPH))
  if (marks.length <= room) return { shown: marks, more: 0 }
  return { shown: marks.slice(0, room - 1), more: marks.length - room + 1 }
}

function roomFor(name: string, width: number, level: Level): number {
  if (level === 'pill') return width - PADDING_PILL
  return (
    width -
    (hasFigures(level) ? PADDING : PADDING_COMPACT) -
    SWATCH -
    Math.min(NAME_MAX, name.length * CHARACTER)
  )
}

/** Whether a day or a time fits beside the name and the marks of a card. */
export function hasRoomForWhen(
  name: string,
  width: number,
  { shown, more }: BoxMarks,
  when: string,
): boolean {
  const taken = (shown.length + Math.min(1, more)) * GLYPH
  if (taken === 0) return true
  return roomFor(name, width, 'full') - taken >= (when.length + 1) * (CHARACTER - 2)
}
