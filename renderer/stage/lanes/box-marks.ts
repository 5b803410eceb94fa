import type { Snapshot } from '../../../core/contract/model.ts'
import type { Mark } from '../../state/marks.ts'
import type { KeyStanding } from '../../words/key-words.ts'
import type { Column } from '../columns.ts'
import { hasFigures, type Level } from './flow-nodes.ts'
import type { LaneView } from './lane-view.ts'

/** Of a glyph with the gap before it, of that gap, and of a character of a name, pixels. */
const [GLYPH, GAP, CHARACTER] = [15, 3, 8]
/** Of the sign of a key, likewise. */
const KEY = 20
/** A name keeps so much, however many marks stand beside it. */
const NAME_MAX = 48
/** The swatch and both gaps of a card's head. */
const SWATCH = 24
/** Both sides of a card; of one without figures; of a pill's badge with its column. */
const [PADDING, PADDING_COMPACT, PADDING_PILL] = [24, 16, 10]

/** The marks that a box has room for, and how many it has not. */
export type BoxMarks = {
  readonly shown: readonly Mark[]
  readonly more: number
  /** How it is encrypted; null: it is plain. */
  readonly keyStanding: KeyStanding | null
}

/** What an image keeps has a frame around it instead. */
export function boxMarks(
  { tree, keyMarks }: LaneView,
  { snapshotId, name }: Snapshot,
  column: Column,
  level: Level,
): BoxMarks {
  const marks = tree.marks.get(snapshotId)?.filter(({ kind }) => kind !== 'image') ?? []
  const keyStanding = keyMarks.get(snapshotId)?.standing ?? null
  // On a pill it stands in a corner of its own.
  const free = roomFor(name, column.width, level) - (level === 'pill' ? 0 : keyRoom(keyStanding))
  const room = Math.max(1, Math.floor((free + GAP) / GLYPH))
  if (marks.length <= room) return { shown: marks, more: 0, keyStanding }
  return { shown: marks.slice(0, room - 1), more: marks.length - room + 1, keyStanding }
}

function keyRoom(standing: KeyStanding | null): number {
  return standing === null ? 0 : KEY
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

/** Whether a day or a time fits beside the name and the marks of a card: the name comes first. */
export function hasRoomForWhen(
  name: string,
  width: number,
  { shown, more, keyStanding }: BoxMarks,
  when: string,
): boolean {
  const taken = (shown.length + Math.min(1, more)) * GLYPH + keyRoom(keyStanding)
  // Two characters more than it has: a short name may be of wide letters, and is not to be cut.
  return roomFor(name, width, 'full') - taken >= (when.length + 2) * (CHARACTER - 2)
}
