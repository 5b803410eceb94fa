import type { SnapshotId, VolumeId } from '../../../core/contract/ids.ts'
import type { Remnant, Snapshot, Volume } from '../../../core/contract/model.ts'
import { laneKeyOf } from '../../state/lanes.ts'
import { formatBytes, formatBytesShort } from '../../words/byte-format.ts'
import { formatInstant } from '../../words/time-format.ts'
import type { Column } from '../columns.ts'
import { barHeight, isCutOff } from './bar.ts'
import { boxFigures } from './box-figures.ts'
import { boxMarks, hasRoomForWhen } from './box-marks.ts'
import {
  type HeadNode,
  hasFigures,
  type Level,
  type RemnantNode,
  type SnapshotNode,
  type StageNode,
} from './flow-nodes.ts'
import {
  DETAIL_CARD_HEIGHT,
  DETAIL_CARD_WIDTH,
  FULL_CARD_HEIGHT,
  FULL_CARD_WIDTH,
  LOW_CARD_HEIGHT,
} from './lane-layout.ts'
import { captionsOf, partOf, swatchOf } from './lane-marks.ts'
import { headKey, type LaneView } from './lane-view.ts'
import {
  dayOrClock,
  headLines,
  headNarrow,
  headShort,
  remnantLabel,
  snapshotLabel,
} from './lane-words.ts'
import { remnantWords } from './remnant-words.ts'

/** From the side of a pill's column to the pill. */
const PILL_INSET = 2
/** Day and time beside a name do not fit into less. */
const INSTANT_WIDTH = 160
/** Of a pill's column: from here there is room for a size. */
const SUMMARY_WIDTH = 60

export function snapshotNode(view: LaneView, lane: number, column: Column): SnapshotNode | null {
  const snapshot = column.id === null ? undefined : view.tree.byId.get(column.id)
  if (!snapshot) return null
  const id = snapshot.snapshotId
  const isDoomed = view.doomed.has(id)
  const level = levelOf(view, column)
  const height = barHeight(snapshot.storedHereBytes, view.fullBarBytes)
  const released = view.isPreview ? 0 : snapshot.releasedIfDeletedBytes
  const share = snapshot.storedHereBytes > 0 ? released / snapshot.storedHereBytes : 0
  return {
    ...placed(view, lane, column),
    id,
    type: 'snapshot',
    ...pressable(view, id, withKey(view, id, snapshotLabel(view.tree, snapshot))),
    data: {
      id,
      level,
      name: nameIn(view, snapshot, column),
      when: whenIn(view, snapshot, column, level),
      marks: boxMarks(view, snapshot, column, level),
      swatch: swatchOf(view, snapshot, isDoomed),
      strip: (view.strips.get(id) ?? []).map((run) => partOf(view, run, false)),
      figures: boxFigures(view, snapshot, level),
      summary: summaryOf(snapshot, column),
      barHeight: height,
      isCut: isCutOff(snapshot.storedHereBytes, view.fullBarBytes),
      releasedHeight: share > 0 && view.selected.has(id) ? Math.max(2, height * share) : 0,
      captions: captionsOf(view, snapshot, level),
      look: isDoomed ? 'doomed' : isMarked(view, id) ? 'marked' : 'plain',
      isTaken: view.takenId === id,
    },
  }
}

export function remnantNode(view: LaneView, lane: number, column: Column): RemnantNode | null {
  const remnant = view.tree.remnants.find((r) => r.snapshotId === column.id)
  if (!remnant) return null
  return {
    ...placed(view, lane, column),
    id: remnant.snapshotId,
    type: 'remnant',
    ...pressable(view, remnant.snapshotId, remnantLabel(remnant), remnantRole(remnant)),
    data: {
      name: remnant.name,
      isLeftByArchiving: remnant.isLeftByArchiving,
      ...remnantWords(view, column, remnant),
      isMarked: isMarked(view, remnant.snapshotId),
      level: column.shape === 'card' ? 'card' : 'pill',
    },
  }
}

const remnantRole = ({ isLeftByArchiving }: Remnant) =>
  isLeftByArchiving ? 'left by archiving' : 'deleted snapshot'

export function headNode(view: LaneView, lane: number, volume: Volume): HeadNode {
  // A layout always ends with the column of the heads.
  const column = view.layout.columns.at(-1)!
  const key = headKey(volume.volumeId)
  const lines = headLines(view.tree, volume)
  const isNarrow = column.shape === 'card' && column.width < FULL_CARD_WIDTH
  const isFollowed = volume.volumeId === view.followedId
  const { baseId } = volume.head
  // Of other heads only the base is known, if they have one: what has changed since is not sampled.
  const strip = isFollowed || baseId !== null ? view.strips.get(isFollowed ? null : baseId) : []
  return {
    ...placed(view, lane, column),
    id: key,
    type: 'head',
    ...described(
      'live volume',
      withKey(view, volume.volumeId, `Now, the live volume ${volume.name}. ${lines.join(' ')}`),
      view.focusKey === key ? 0 : -1,
    ),
    data: {
      level: levelOf(view, column),
      keyStanding: view.keyMarks.get(volume.volumeId)?.standing ?? null,
      strip: (strip ?? []).map((run) => partOf(view, run, true)),
      lines: isNarrow ? headNarrow(view.tree, volume) : lines,
      short: headShort(volume),
      slide: slideOf(view, volume, column),
    },
  }
}

/** Last of what a box says: how it is encrypted. */
function withKey({ keyMarks }: LaneView, id: SnapshotId | VolumeId, label: string): string {
  const mark = keyMarks.get(id)
  return mark === undefined ? label : `${label} ${mark.label}.`
}

/** The live volume sets out from the column of the snapshot that was taken of it. */
function slideOf(view: LaneView, volume: Volume, now: Column): number {
  const taken = view.layout.columns.find((c) => c.id !== null && c.id === view.takenId)
  return taken?.laneKey === laneKeyOf(volume) ? taken.x - now.x : 0
}

/** A long name says nothing in a narrow box: its number in the lane does. */
function nameIn(view: LaneView, snapshot: Snapshot, column: Column): string {
  const room = column.shape === 'card' ? Number.POSITIVE_INFINITY : Math.floor(column.width / 8)
  if (snapshot.name.length <= room) return snapshot.name
  return String(view.tree.numberOf.get(snapshot.snapshotId))
}

/** The longest that fits beside the name and its marks; below a name there is always room. */
function whenIn(view: LaneView, snapshot: Snapshot, column: Column, level: Level): string {
  const { startedAt, name } = snapshot
  const short = dayOrClock(startedAt, view.nowMs)
  const long = formatInstant(startedAt, view.nowMs)
  if (!hasFigures(level)) return short
  const marks = boxMarks(view, snapshot, column, level)
  const fits = (when: string) => hasRoomForWhen(name, column.width, marks, when)
  if (column.width >= INSTANT_WIDTH && fits(long)) return long
  return fits(short) ? short : ''
}

function summaryOf(snapshot: Snapshot, column: Column): string {
  if (column.shape === 'card') return formatBytes(snapshot.fullBytes)
  return column.width >= SUMMARY_WIDTH ? `+${formatBytesShort(snapshot.storedHereBytes)}` : ''
}

export function levelOf(view: LaneView, column: Column): Level {
  if (column.shape !== 'card') return 'pill'
  const { boxHeight } = view.lanes
  if (boxHeight === LOW_CARD_HEIGHT) return 'low'
  if (column.width >= DETAIL_CARD_WIDTH && boxHeight >= DETAIL_CARD_HEIGHT) return 'detail'
  const isFull = column.width >= FULL_CARD_WIDTH && boxHeight >= FULL_CARD_HEIGHT
  return isFull ? 'full' : 'compact'
}

function isMarked(view: LaneView, id: SnapshotId): boolean {
  return view.selected.has(id) || view.pointedId === id
}

function pressable(view: LaneView, id: SnapshotId, label: string, what = 'snapshot') {
  return {
    ariaRole: 'button' as const,
    domAttributes: {
      tabIndex: view.focusKey === id ? 0 : -1,
      'aria-roledescription': what,
      'aria-label': label,
      'aria-pressed': view.selected.has(id),
    },
  }
}

/** Something to read, not to press. */
export function described(what: string, label: string, tabIndex?: number) {
  return {
    ariaRole: 'img' as const,
    domAttributes: { tabIndex, 'aria-roledescription': what, 'aria-label': label },
  }
}

function placed(view: LaneView, lane: number, column: Column) {
  const inset = column.shape === 'card' ? 0 : PILL_INSET
  return boxed(view, lane, column.x + inset, column.width - 2 * inset)
}

/** With sizes given, React Flow need not mount a node to measure it. */
export function boxed(
  view: LaneView,
  lane: number,
  x: number,
  width: number,
): Omit<StageNode, 'data' | 'type' | 'id'> {
  const height = view.lanes.boxHeight
  const y = view.lanes.tops[lane] ?? 0
  const { riverY } = view.lanes
  const bank = { width: 1, height: 1 }
  return {
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [
      { ...bank, id: 'left', type: 'target', position: 'left' as never, x: 0, y: riverY },
      { ...bank, id: 'right', type: 'source', position: 'right' as never, x: width, y: riverY },
      {
        ...bank,
        id: 'bottom',
        type: 'source',
        position: 'bottom' as never,
        x: width / 2,
        y: height,
      },
    ],
  }
}
