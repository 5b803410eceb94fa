import { columnAt, GUTTER_WIDTH } from '../columns.ts'
import { blockAt, yOf } from './address-axis.ts'
import { ONE_LINE } from './cell-label.ts'
import { cellCard, unloadedCard } from './core-words.ts'
import { cellAt } from './head-cells.ts'
import type { Scene } from './scene.ts'
import { unloadedCell } from './unloaded-cells.ts'

const CARD_WIDTH = 232
const OFFSET = 14

type Props = {
  scene: Scene
  at: { x: number; y: number }
  panX: number
  /** Cells of the live volume can be clicked. */
  canLoad: boolean
}

/** What the cell under the pointer is, where there is no room to write it into the cell itself. */
export function CellCard({ scene, at, panX, canLoad }: Props) {
  const columns = scene.columns.map((c) => c.column)
  const under = columnAt({ columns }, at.x - GUTTER_WIDTH + panX)
  const here = scene.columns.find((c) => c.column === under)
  const block = blockAt(at.y, scene.window, scene.height)
  const row = rowOf(scene, block)
  if (!here || here.source < 0 || row === null) return null
  const missing = under?.kind === 'now' ? missingAt(scene, block, canLoad) : null
  if (missing === null && isLabelled(scene, here.source, row)) return null
  const left = at.x + OFFSET + CARD_WIDTH > scene.width ? at.x - OFFSET - CARD_WIDTH : at.x + OFFSET
  const [range, ...lines] = missing ?? cellCard(scene.labelled, here.source, row)
  const top = Math.min(at.y + OFFSET, scene.height - 20 * (lines.length + 1))
  return (
    <div className="cell-card" style={{ left, top, width: CARD_WIDTH }} aria-hidden="true">
      <b>{range}</b>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  )
}

function rowOf(scene: Scene, block: number): number | null {
  const { rowStarts } = scene.picture.sample
  let low = 0
  let high = scene.picture.rowCount
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rowStarts[middle + 1] ?? 0) <= block) low = middle + 1
    else high = middle
  }
  return low < scene.picture.rowCount ? low : null
}

/** Of the cell that a click would load; null where it has nothing to load. */
function missingAt(scene: Scene, block: number, canLoad: boolean): readonly string[] | null {
  const cell = cellAt(scene, block)
  const missing = unloadedCell(scene.picture, cell)
  return missing && unloadedCard(cell, missing, scene.unloadedLook, canLoad)
}

/** Wide columns carry words wherever the band is high enough for a line. */
function isLabelled(scene: Scene, source: number, row: number): boolean {
  if (scene.shape !== 'card') return false
  const { picture, tones } = scene
  const cells = picture.sample.columns[source]?.cells
  const same = (other: number) =>
    cells?.[other] === cells?.[row] &&
    tones[source * picture.rowCount + other] === tones[source * picture.rowCount + row] &&
    picture.holderKeys[source * picture.rowCount + other] ===
      picture.holderKeys[source * picture.rowCount + row]
  let [first, end] = [row, row + 1]
  while (first > 0 && same(first - 1)) first--
  while (end < picture.rowCount && same(end)) end++
  const { rowStarts } = picture.sample
  const top = yOf(rowStarts[first] ?? 0, scene.window, scene.height)
  return yOf(rowStarts[end] ?? 0, scene.window, scene.height) - top > ONE_LINE
}
