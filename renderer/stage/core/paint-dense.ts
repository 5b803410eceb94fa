import { GUTTER_WIDTH } from '../columns.ts'
import { yOf } from './address-axis.ts'
import { type Brush, FONT, isInView } from './brush.ts'
import { drawLayer, type Layer } from './raster.ts'
import type { Scene, SceneColumn } from './scene.ts'
import { RELEASED } from './tones.ts'

/** A tick for bytes that would be released, though others are the majority of their row. */
const TICK_WIDTH_MIN = 3
const FOOT_GAP = 14

/** Narrow columns: painted from images, a drawing call for each run of equal widths. */
export function paintDense(brush: Brush): void {
  const { scene, raster } = brush
  if (!raster) return
  for (const run of runsOf(scene.columns)) {
    paintRun(brush, raster.cells, run)
    if (raster.released) paintPattern(brush, raster.released, run, brush.patterns.released)
    if (raster.heir) paintPattern(brush, raster.heir, run, brush.patterns.heir)
  }
  for (const column of scene.columns) paintTicks(brush, column)
  paintSeparators(brush)
  paintReveal(brush)
  paintFrame(brush)
  paintFeet(brush)
}

type Run = { first: number; count: number; x: number; width: number }

/** Neighbouring columns of one width: an image scaled once keeps them apart by itself. */
function runsOf(columns: readonly SceneColumn[]): readonly Run[] {
  const runs: Run[] = []
  for (const [index, { column }] of columns.entries()) {
    const last = runs.at(-1)
    const each = last ? last.width / last.count : 0
    const isNext = last && Math.abs(last.x + last.width - column.x) < 0.01
    if (last && isNext && Math.abs(each - column.width) < 0.01) {
      last.count++
      last.width += column.width
    } else runs.push({ first: index, count: 1, x: column.x, width: column.width })
  }
  return runs
}

function paintRun({ ctx, scene, panX }: Brush, layer: Layer, run: Run): void {
  const x = GUTTER_WIDTH + run.x - panX
  if (!isInView(scene, x, run.width)) return
  drawLayer(ctx, layer, run, { x, y: 0, width: run.width, height: scene.height })
}

/** The mask of a run, filled with a pattern, over its cells. */
function paintPattern(brush: Brush, mask: Layer, run: Run, pattern: CanvasPattern): void {
  const { ctx, scene } = brush
  const x = GUTTER_WIDTH + run.x - brush.panX
  const from = Math.max(0, Math.floor(x))
  const width = Math.min(scene.width, Math.ceil(x + run.width)) - from
  if (width <= 0) return
  const ratio = ctx.getTransform().a
  const layer = new OffscreenCanvas(Math.ceil(width * ratio), Math.ceil(scene.height * ratio))
  // A fresh canvas always gives its context.
  const paper = layer.getContext('2d')!
  paper.scale(ratio, ratio)
  drawLayer(paper, mask, run, { x: x - from, y: 0, width: run.width, height: scene.height })
  paper.globalCompositeOperation = 'source-in'
  paper.fillStyle = pattern
  paper.translate(-from, 0)
  paper.fillRect(from, 0, width, scene.height)
  ctx.drawImage(layer, from, 0, width, scene.height)
}

/** Bytes that go, in columns that are asked about: never outvoted by what stays beside them. */
function paintTicks({ ctx, scene, panX }: Brush, here: SceneColumn): void {
  const { picture, labelled, palette, window } = scene
  const isAsked = labelled.view.isPreview
    ? labelled.view.doomed.has(here.source)
    : scene.selectedColumns.has(here.source) && scene.selectedColumns.size === 1
  const data = picture.sample.columns[here.source]
  if (!isAsked || !data || here.isForeign || labelled.view.foreign.has(here.source)) return
  const x = GUTTER_WIDTH + here.column.x - panX
  if (!isInView(scene, x, here.column.width)) return
  ctx.fillStyle = palette.rel
  for (let row = 0; row < picture.rowCount; row++) {
    const released = data.releasedBlocks[row] ?? 0
    if (released === 0 || scene.tones[here.source * picture.rowCount + row] === RELEASED) continue
    const share = released / Math.max(1, data.dataBlocks[row] ?? 0)
    const width = Math.min(here.column.width, Math.max(TICK_WIDTH_MIN, here.column.width * share))
    const y = Math.floor(yOf(picture.sample.rowStarts[row] ?? 0, window, scene.height))
    const end = Math.ceil(yOf(picture.sample.rowStarts[row + 1] ?? 0, window, scene.height))
    ctx.fillRect(x + here.column.width - width - 1, y, width, Math.max(1, end - y))
  }
}

/** The column of a snapshot that is being taken, covered as far as it is not there yet. */
function paintReveal({ ctx, scene, panX, moves }: Brush): void {
  if (moves?.kind !== 'taken') return
  const taken = scene.columns.find((c) => c.column.id === moves.takenId)
  if (!taken) return
  const shown = taken.column.width * moves.part
  ctx.fillStyle = scene.palette.canvas
  const x = GUTTER_WIDTH + taken.column.x - panX + shown
  ctx.fillRect(x, 0, taken.column.width - shown, scene.height)
}

/** Open columns stand apart by a pixel of canvas. */
function paintSeparators({ ctx, scene, panX }: Brush): void {
  ctx.fillStyle = scene.palette.canvas
  for (const { column, isForeign } of scene.columns) {
    if (column.shape === 'bar' || column.kind === 'now' || isForeign) continue
    const x = GUTTER_WIDTH + column.x - panX
    if (!isInView(scene, x, column.width)) continue
    ctx.fillRect(Math.round(x + column.width) - 1, 0, 1, scene.height)
    ctx.fillRect(Math.round(x) - 1, 0, 1, scene.height)
  }
}

function paintFrame({ ctx, scene, panX }: Brush): void {
  const [first, now] = [scene.columns[0], scene.columns.at(-1)]
  if (!first || !now) return
  const x = GUTTER_WIDTH + first.column.x - panX
  const end = GUTTER_WIDTH + now.column.x - panX
  ctx.strokeStyle = scene.palette.line
  ctx.lineWidth = 1
  ctx.strokeRect(x - 0.5, 0.5, end - 3 - x, scene.height - 1)
  ctx.setLineDash([3, 3])
  ctx.strokeRect(end + 0.5, 0.5, now.column.width - 1, scene.height - 1)
  ctx.setLineDash([])
  ctx.strokeStyle = scene.palette.text
  ctx.lineWidth = 2
  for (const run of selectedRuns(scene)) {
    const left = GUTTER_WIDTH + run.x - panX
    ctx.strokeRect(left - 1, 1, Math.max(2, run.width + 1), scene.height - 2)
  }
}

/** Open columns one by one; neighbouring squeezed ones together, else frames would be all there is. */
function selectedRuns(scene: Scene): readonly { x: number; width: number }[] {
  const runs: { x: number; width: number; isBars: boolean; end: number }[] = []
  for (const [index, here] of scene.columns.entries()) {
    const { column } = here
    if (!isChosen(scene, here) || column.kind === 'now') continue
    const isBars = column.shape === 'bar'
    const last = runs.at(-1)
    if (isBars && last?.isBars && last.end === index) {
      last.width = column.x + column.width - last.x
      last.end = index + 1
    } else runs.push({ x: column.x, width: column.width, isBars, end: index + 1 })
  }
  return runs
}

/** Days under columns: the selected first, then the ends, then those that have room. */
function paintFeet({ ctx, scene, panX }: Brush): void {
  ctx.textAlign = 'center'
  const taken: { from: number; to: number }[] = []
  for (const here of byWorth(scene)) {
    const [foot] = here.foot
    const middle = GUTTER_WIDTH + here.column.x + here.column.width / 2 - panX
    const isOutside = middle < GUTTER_WIDTH || middle > scene.width
    // Measuring text is slow, and most columns of many are ruled out without it.
    const isTaken = taken.some(({ from, to }) => middle > from - FOOT_GAP && middle < to + FOOT_GAP)
    if (!foot || isOutside || isTaken) continue
    const isSelected = isChosen(scene, here)
    ctx.font = `${isSelected ? 600 : 400} 11px ${FONT}`
    const half = ctx.measureText(foot).width / 2
    const x = Math.max(GUTTER_WIDTH + half, Math.min(scene.width - half - 2, middle))
    const span = { from: x - half, to: x + half }
    const isFree = ({ from, to }: typeof span) =>
      span.to + FOOT_GAP <= from || span.from - FOOT_GAP >= to
    if (!taken.every(isFree)) continue
    taken.push(span)
    ctx.fillStyle = isSelected ? scene.palette.text : scene.palette.sec
    ctx.fillText(foot, x, scene.height + 17)
  }
}

function byWorth(scene: Scene): readonly SceneColumn[] {
  const { columns } = scene
  const ends = [columns[0], columns.at(-1)].flatMap((column) => column ?? [])
  const chosen = columns.filter((column) => isChosen(scene, column))
  const open = columns.filter(({ column }) => column.shape === 'pill')
  return [...chosen, ...ends, ...open, ...columns]
}

function isChosen({ selectedColumns }: Scene, { source, isForeign }: SceneColumn): boolean {
  return !isForeign && selectedColumns.has(source)
}
