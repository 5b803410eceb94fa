import type { SnapshotId } from '../../../core/contract/ids.ts'
import type { Snapshot } from '../../../core/contract/model.ts'
import { laneKeyOf } from '../../state/lanes.ts'
import { formatBytes } from '../../words/byte-format.ts'
import type { Column } from '../columns.ts'
import { levelOf } from './boxes.ts'
import type { CopyEdge } from './flow-nodes.ts'
import { isFramed } from './frames.ts'
import { takeoverWords } from './lane-marks.ts'
import type { LaneView } from './lane-view.ts'

/** Between the level stretches of two links at most, and from a box to the nearest one, pixels. */
const [LEVEL_STEP, LEVEL_MARGIN] = [5, 5]
/** Between the lowest of them and the box of a copy: the label stands there. */
const LABEL_HEIGHT = 15
/** Above a box of which it is told what becomes of it: there the link ends, with its arrow. */
const [CAPTION_HEIGHT, ARROW_HEIGHT] = [18, 8]
/** Level stretches beside each other; of more only those of what is marked are drawn. */
const MAX_LEVELS = 4
/** About as wide as a character of a label is, and its distance from the line. */
const [CHARACTER_WIDTH, LABEL_LEFT] = [6.2, 6]

type Linked = {
  source: Snapshot
  copy: Snapshot
  fromX: number
  toX: number
  /** Of the lanes. */
  fromLane: number
  toLane: number
}

/** Links to copies in other regions, where both ends are boxes of their own. */
export function copyLinks(view: LaneView, nodeOf: ReadonlyMap<SnapshotId, string>): CopyEdge[] {
  const links = linksOf(view, nodeOf)
  const isQuiet = links.length > MAX_LEVELS && levelsOf(links).some((level) => level >= MAX_LEVELS)
  const shown = isQuiet ? links.filter((link) => isMarked(view, link)) : links
  const levels = levelsOf(shown)
  return shown.map((link, i) => edgeOf(view, link, Math.min(levels[i]!, MAX_LEVELS - 1)))
}

function linksOf(view: LaneView, nodeOf: ReadonlyMap<SnapshotId, string>): Linked[] {
  const { tree, layout } = view
  const columns = new Map(layout.columns.map((column) => [column.id, column]))
  const laneAt = new Map(tree.lanes.map(({ key }, place) => [key, place]))
  const isBox = (id: SnapshotId) => nodeOf.get(id) === id
  return tree.snapshots.flatMap((copy): Linked[] => {
    const source = copy.copiedFrom === null ? undefined : tree.byId.get(copy.copiedFrom)
    if (source === undefined || source.region === copy.region) return []
    if (!isBox(source.snapshotId) || !isBox(copy.snapshotId)) return []
    const [fromX, toX] = [columns.get(source.snapshotId), columns.get(copy.snapshotId)].map(middle)
    const [fromLane, toLane] = [laneAt.get(laneKeyOf(source)), laneAt.get(laneKeyOf(copy))]
    if (!fromX || !toX || fromLane === undefined || toLane === undefined) return []
    return [{ source, copy, fromX, toX, fromLane, toLane }]
  })
}

const middle = (column: Column | undefined) => column && column.x + column.width / 2

/**
 * Which of the level stretches into one lane lies how high: a later one above those that it would
 * lie over, so that no link crosses another on its way down.
 */
function levelsOf(links: readonly Linked[]): readonly number[] {
  const levels: number[] = []
  for (const [i, link] of links.entries()) {
    const over = links
      .slice(0, i)
      .flatMap((other, j) => (isOver(link, other) ? levels[j]! + 1 : []))
    levels.push(Math.max(0, ...over))
  }
  return levels
}

function isOver(a: Linked, b: Linked): boolean {
  if (a.toLane !== b.toLane) return false
  return (
    Math.min(a.fromX, a.toX) <= Math.max(b.fromX, b.toX) &&
    Math.min(b.fromX, b.toX) <= Math.max(a.fromX, a.toX)
  )
}

function isMarked({ selected, doomed, pointedId }: LaneView, { source, copy }: Linked): boolean {
  return [source.snapshotId, copy.snapshotId].some(
    (id) => id === pointedId || selected.has(id) || doomed.has(id),
  )
}

function edgeOf(view: LaneView, link: Linked, level: number): CopyEdge {
  const { copy } = link
  const { tops, boxHeight } = view.lanes
  const isDown = link.toLane > link.fromLane
  const [fromTop, toTop] = [tops[link.fromLane] ?? 0, tops[link.toLane] ?? 0]
  const isCaptioned = isDown && view.doomed.has(copy.snapshotId)
  const toY = (isDown ? toTop : toTop + boxHeight) - (isCaptioned ? CAPTION_HEIGHT : 0)
  // The stretch lies in the gap before the lane of the copy, the first one nearest to it.
  const gapEnd = isDown ? (tops[link.toLane - 1] ?? 0) + boxHeight : (tops[link.toLane + 1] ?? 0)
  const room = Math.abs(toTop + (isDown ? 0 : boxHeight) - gapEnd) - LEVEL_MARGIN - LABEL_HEIGHT
  const step = Math.max(2, Math.min(LEVEL_STEP, room / (MAX_LEVELS - 1)))
  const above = LABEL_HEIGHT + step * level
  const levelY = isDown ? Math.min(toTop - above, toY - ARROW_HEIGHT) : toTop + boxHeight + above
  const fromY = isDown ? fromTop + boxHeight : fromTop
  const isFaded =
    view.pointedId !== null && !view.isPreview && !isMarked({ ...view, selected: NOBODY }, link)
  return {
    id: `copy:${link.source.snapshotId}>${copy.snapshotId}`,
    type: 'copy',
    source: link.source.snapshotId,
    target: copy.snapshotId,
    sourceHandle: 'bottom',
    targetHandle: 'left',
    ariaLabel: says(link),
    data: {
      from: { x: link.fromX + (isDown ? besideTakeover(view, link) : 0), y: fromY },
      to: { x: link.toX, y: toY },
      levelY,
      label: labelOf(view, copy),
      isFaded,
      says: says(link),
    },
  }
}

/** How far from the middle a link leaves, so that what its box takes over stands beside it. */
function besideTakeover(view: LaneView, { source, fromX, toX }: Linked): number {
  const { layout, takeovers } = view
  const bytes = takeovers.get(source.snapshotId)
  const column = layout.columns.find(({ id }) => id === source.snapshotId)
  if (bytes === undefined || column?.shape !== 'card') return 0
  const words = takeoverWords(view, bytes, levelOf(view, column))
  const beside = (words.length * CHARACTER_WIDTH) / 2 + LABEL_LEFT
  return beside < column.width / 2 ? Math.sign(toX - fromX) * beside : 0
}

const NOBODY: ReadonlySet<SnapshotId> = new Set()

function says({ source, copy }: Linked): string {
  const where = `${copy.name} in ${copy.region} is a copy of ${source.name} in ${source.region}`
  if (copy.addedBytes === 0) return `${where}; nothing had to move`
  return `${where}; ${formatBytes(copy.addedBytes)} moved`
}

/** "4 GiB moved", or as much of it as there is room for beside the line, to where the next box is. */
function labelOf(view: LaneView, copy: Snapshot): string {
  // A caption stands in the same place, or the name of an image.
  const isCaptioned = view.doomed.has(copy.snapshotId) || isFramed(view, copy)
  const column = view.layout.columns.find(({ id }) => id === copy.snapshotId)
  if (isCaptioned || column === undefined) return ''
  const isPointed = view.pointedId === copy.snapshotId || view.selected.has(copy.snapshotId)
  if (column.shape !== 'card' && isPointed) return ''
  const size = copy.addedBytes === 0 ? 'nothing' : formatBytes(copy.addedBytes)
  const room = column.width / 2 - LABEL_LEFT
  return [`${size} moved`, size].find((words) => words.length * CHARACTER_WIDTH <= room) ?? ''
}
