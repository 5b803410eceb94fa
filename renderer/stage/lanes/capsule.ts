import { MARK_WORDS, type Mark } from '../../state/marks.ts'
import { formatBytes } from '../../words/byte-format.ts'
import type { Column } from '../columns.ts'
import { barHeight, isCutOff } from './bar.ts'
import { boxed, described } from './boxes.ts'
import type { CapsuleNode } from './flow-nodes.ts'
import { fillOfSnapshot } from './lane-marks.ts'
import type { LaneView } from './lane-view.ts'
import { dateRange } from './lane-words.ts'

const BAR_WIDTH_MAX = 5
const BAR_SHARE = 0.6
/** Of bars thinner than this nothing would be seen. */
const BAR_WIDTH_MIN = 0.75
/** Of both sides, and between the label and the facts. */
const [PADDING, LABEL_GAP] = [18, 8]
/** About as wide as characters of the two sizes are: digits, mostly. */
const [LABEL_CHARACTER, FACT_CHARACTER] = [8, 6.2]
/** Of a column: outlines of finer bars would be all that is seen of them. */
const MARKED_WIDTH_MIN = 4
/** The foot of the bars, from the top of the capsule. */
const BASELINE = 68
/** Width and height. */
const FLAG = 3
/** A bar that was cut off has a gap, so far below its top. */
const [NOTCH_TOP, NOTCH_HEIGHT] = [4, 2]

/** Neighbouring squeezed snapshots of a lane, one bar each: as high as what it stores. */
export function capsuleNode(
  view: LaneView,
  lane: number,
  run: readonly Column[],
): CapsuleNode | null {
  const [first, last] = [run[0], run.at(-1)]
  if (!first || !last) return null
  const snapshots = run.flatMap(({ id }) => (id && view.tree.byId.get(id)) || [])
  const added = snapshots.reduce((sum, s) => sum + s.addedBytes, 0)
  const dates = dateRange(snapshots)
  const marks = snapshots.flatMap((s) => view.tree.marks.get(s.snapshotId) ?? [])
  return {
    ...boxed(view, lane, first.x, last.x + last.width - first.x),
    id: `capsule:${first.id}`,
    type: 'capsule',
    ...described(
      'snapshots',
      [
        `${snapshots.length} snapshots, ${dates}, ${formatBytes(added)} added`,
        ...countsOf(marks),
      ].join(', '),
    ),
    data: {
      ...wordsOf(last.x + last.width - first.x, `×${snapshots.length}`, [
        dates,
        `+${formatBytes(added)}`,
      ]),
      ...barsOf(view, run, first.x),
    },
  }
}

/** "3 locked", for each kind of mark. */
function countsOf(marks: readonly Mark[]): readonly string[] {
  const counts = new Map<Mark['kind'], number>()
  for (const { kind } of marks) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `${count} ${MARK_WORDS[kind]}`)
}

/** What a capsule has room for beside its bars: how many, then when and how much. */
function wordsOf(width: number, label: string, facts: readonly string[]) {
  const room = width - PADDING
  const labelWidth = label.length * LABEL_CHARACTER
  const roomBeside = room - labelWidth - LABEL_GAP
  return {
    label: labelWidth <= room ? label : '',
    facts: facts.filter(({ length }) => length * FACT_CHARACTER <= roomBeside),
  }
}

/** One path for each colour: a thousand bars are a few elements. */
function barsOf(view: LaneView, run: readonly Column[], left: number) {
  const paths = new Map<string, string>()
  let [marks, flags] = ['', '']
  for (const column of run) {
    const snapshot = column.id === null ? undefined : view.tree.byId.get(column.id)
    if (!snapshot) continue
    const bar = barPath(view, column, left, snapshot.storedHereBytes)
    const fill = fillOfSnapshot(view, snapshot)
    paths.set(fill, (paths.get(fill) ?? '') + bar)
    const id = snapshot.snapshotId
    if (view.tree.marks.has(id)) flags += flagPath(column, left)
    if (column.width < MARKED_WIDTH_MIN && view.pointedId !== id) continue
    if (view.selected.has(id) || view.doomed.has(id) || view.pointedId === id) marks += bar
  }
  return { bars: [...paths].map(([fill, d]) => ({ fill, d })), marks, flags }
}

/** Under the bar of a snapshot that has marks: they are seen once its column is wider. */
function flagPath(column: Column, left: number): string {
  const middle = column.x - left + column.width / 2
  return `M${(middle - FLAG / 2).toFixed(2)} ${BASELINE + 2}h${FLAG}v${FLAG}h-${FLAG}z`
}

function barPath(view: LaneView, column: Column, left: number, bytes: number): string {
  const width = Math.max(BAR_WIDTH_MIN, Math.min(BAR_WIDTH_MAX, column.width * BAR_SHARE))
  const x = (column.x - left + (column.width - width) / 2).toFixed(2)
  const top = BASELINE - barHeight(bytes, view.fullBarBytes)
  const piece = (from: number, to: number) =>
    `M${x} ${to.toFixed(1)}V${from.toFixed(1)}h${width.toFixed(2)}V${to.toFixed(1)}z`
  if (!isCutOff(bytes, view.fullBarBytes)) return piece(top, BASELINE)
  return piece(top, top + NOTCH_TOP) + piece(top + NOTCH_TOP + NOTCH_HEIGHT, BASELINE)
}
