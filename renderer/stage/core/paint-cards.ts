import { GUTTER_WIDTH } from '../columns.ts'
import { mix } from '../palette.ts'
import { yOf } from './address-axis.ts'
import { type Band, bandsOf, bridgesOf } from './bands.ts'
import { type Brush, FONT, isInView } from './brush.ts'
import { cellLabel, isInherited } from './cell-label.ts'
import { type Box, fitting, paintWords, patternOf } from './paint-words.ts'
import type { Scene, SceneColumn } from './scene.ts'
import { DIMMED, EMPTY, HEIR, LIVE, NEUTRAL, OWNER, RELEASED, STAY, SURVIVAL } from './tones.ts'

const BIRTH_EDGE = 4
/** How far above its place a changed cell sets out when a snapshot is taken, pixels. */
const FALL = 18
/** Zoomed in, a band ends this far outside of the picture, so that its outline does too. */
const EDGE = 4
/** Bands thinner than this get no gap above the next one, else fine ones would vanish. */
const GAP_FROM = 4

/** Wide columns: each band a box with words in it, and bridges where the next column reads it too. */
export function paintCards(brush: Brush): void {
  const { scene } = brush
  const shown = scene.columns.filter((column) => column.source >= 0)
  for (const [index, here] of shown.entries()) {
    const next = shown.slice(index + 1).find(({ region }) => region === here.region)
    const x = leftOf(brush, here)
    const toX = next ? leftOf(brush, next) : x + here.column.width
    const gaps = next ? gapsBetween(brush, shown, here, next) : []
    if (!isInView(scene, x, Math.max(toX - x, here.column.width))) continue
    const bands = bandsOf(scene.picture, scene.tones, here.source)
    for (const band of bands) {
      for (const gap of gaps) paintBridges(brush, here, next!, band, gap)
      paintBand(brush, here, band, x)
    }
    if (here.column.kind !== 'now') paintOutline(brush, bands, x, here.column.width)
    paintFoot(brush, here, x)
  }
}

/** A column on the canvas. The live volume sets out from where its snapshot was taken. */
function leftOf({ scene, panX, moves }: Brush, here: SceneColumn): number {
  const x = GUTTER_WIDTH + here.column.x - panX
  if (moves?.kind !== 'taken' || here.column.kind !== 'now') return x
  const taken = scene.columns.find((c) => c.column.id === moves.takenId)
  const from = taken ? GUTTER_WIDTH + taken.column.x - panX : x
  return from + (x - from) * moves.part
}

type Gap = { fromX: number; toX: number }

/**
 * Where a bridge to the next column of the region is drawn. Columns of other regions may stand in
 * between: then it only sets out and arrives, since what is missing between those means something.
 */
function gapsBetween(
  brush: Brush,
  shown: readonly SceneColumn[],
  here: SceneColumn,
  next: SceneColumn,
): readonly Gap[] {
  const [from, to] = [shown.indexOf(here), shown.indexOf(next)]
  const rightOf = (column: SceneColumn) => leftOf(brush, column) + column.column.width
  const [fromX, toX] = [rightOf(here), leftOf(brush, next)]
  if (to === from + 1) return [{ fromX, toX }]
  const after = leftOf(brush, shown[from + 1]!)
  const before = rightOf(shown[to - 1]!)
  return [
    { fromX, toX: (fromX + after) / 2 },
    { fromX: (before + toX) / 2, toX },
  ]
}

function paintBand(brush: Brush, here: SceneColumn, band: Band, x: number): void {
  const { ctx, scene } = brush
  const [y, height] = spanOf(scene, band)
  if (y + height < 0 || y > scene.height) return
  if (band.tone === EMPTY) {
    paintEmpty(brush, here, band, x, y, height)
    return
  }
  const box = boxOf(brush, here, band, { x, y, width: here.column.width, height })
  ctx.globalAlpha = box.alpha
  ctx.fillStyle = patternOf(brush, band.tone) ?? scene.colours[band.tone] ?? scene.palette.canvas
  ctx.fillRect(box.x, box.y, box.width, box.height)
  if (box.glow > 0) {
    ctx.globalAlpha = box.glow
    ctx.fillStyle = scene.palette.new
    ctx.fillRect(box.x, box.y, box.width, box.height)
  }
  ctx.globalAlpha = 1
  if (box.isMoving) return
  if (height > 2 && here.column.kind !== 'now') paintEdges(brush, here, band, x, y, height)
  paintWords(brush, here, band, box)
}

type MovingBox = Box & { alpha: number; glow: number; isMoving: boolean }

/** Where a band is at this instant of a motion. */
function boxOf({ scene, moves, panX }: Brush, here: SceneColumn, band: Band, box: Box): MovingBox {
  const still = { ...box, alpha: 1, glow: 0, isMoving: false }
  if (moves?.kind === 'taken' && here.column.id === moves.takenId) {
    if (moves.part >= 1) return still
    const isOwn = band.storer === here.source
    if (!isOwn) return { ...still, width: box.width * moves.part, isMoving: true }
    const y = box.y - (1 - moves.part) * FALL
    const alpha = Math.max(moves.part, moves.glow)
    return { ...still, y, alpha, glow: moves.glow * 0.6, isMoving: true }
  }
  if (moves?.kind === 'deleted' && band.tone === RELEASED) {
    const height = box.height * (1 - moves.drain)
    return { ...still, y: box.y + box.height - height, height, isMoving: moves.drain > 0 }
  }
  if (moves?.kind === 'deleted' && band.tone === HEIR && moves.pass < 1) {
    const storer = scene.columns.find((c) => c.source === band.storer)
    const from = storer ? GUTTER_WIDTH + storer.column.x - panX : box.x
    return { ...still, x: from + (box.x - from) * moves.pass, isMoving: true }
  }
  return still
}

/** Outlines of what goes, stays or passes on; the birth edge of what was written here. */
function paintEdges(
  { ctx, scene }: Brush,
  here: SceneColumn,
  band: Band,
  x: number,
  y: number,
  height: number,
): void {
  const { palette } = scene
  const width = here.column.width
  const outline = OUTLINES[band.tone % DIMMED]
  if (palette.isHighContrast && band.tone >= DIMMED) {
    ctx.strokeStyle = palette.sec
    ctx.lineWidth = 1
    ctx.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1)
  } else if (outline) {
    const line = outline === 'stay' ? 1 : 1.5
    ctx.strokeStyle =
      band.tone >= DIMMED ? mix(palette[outline], palette.canvas, 0.5) : palette[outline]
    ctx.lineWidth = line
    ctx.strokeRect(x + line / 2, y + line / 2, width - line, height - line)
  } else if (isWrittenHere(scene, here, band)) {
    const fill = scene.colours[band.tone] ?? palette.canvas
    ctx.fillStyle = mix(palette.text, fill, band.tone >= DIMMED ? 0.4 : 0.85)
    ctx.fillRect(x, y, BIRTH_EDGE, height)
  }
}

/** Of another account's nobody is told where it was written. */
function isWrittenHere({ labelled }: Scene, { source }: SceneColumn, band: Band): boolean {
  if (band.storer !== source || labelled.view.foreign.has(source)) return false
  return !isInherited(labelled, source, band)
}

const OUTLINES: Readonly<Record<number, 'rel' | 'stay' | 'heir'>> = {
  [RELEASED]: 'rel',
  [STAY]: 'stay',
  [HEIR]: 'heir',
}

function paintEmpty(
  { ctx, scene }: Brush,
  here: SceneColumn,
  band: Band,
  x: number,
  y: number,
  height: number,
): void {
  if (height < 3) return
  const isHead = here.column.kind === 'now'
  ctx.strokeStyle = mix(scene.palette.line, scene.palette.canvas, isHead ? 0.5 : 0.7)
  ctx.lineWidth = 1
  ctx.setLineDash([2, 3])
  ctx.strokeRect(x + 0.5, y + 0.5, here.column.width - 1, height - 1)
  ctx.setLineDash([])
  const [words] = isHead ? [] : cellLabel(scene.labelled, here.source, band, height)
  if (!words) return
  ctx.fillStyle = scene.palette.sec
  ctx.font = `400 12px ${FONT}`
  ctx.textAlign = 'left'
  const text = fitting(ctx, words, here.column.width - 24)
  if (text !== null) ctx.fillText(text, x + 12, y + Math.min(height / 2 + 4, 21))
}

function paintBridges(
  { ctx, scene }: Brush,
  here: SceneColumn,
  next: SceneColumn,
  band: Band,
  { fromX, toX }: Gap,
): void {
  if (band.tone === EMPTY || here.column.kind === 'now') return
  ctx.fillStyle = bridgeColour(scene, band.tone, next.column.kind === 'now')
  for (const bridge of bridgesOf(scene.picture, band, next.source)) {
    const [y, height] = spanOf(scene, bridge)
    ctx.fillRect(fromX, y, toX - fromX, height)
  }
}

function bridgeColour(scene: Scene, tone: number, isToHead: boolean): string {
  const { palette, colours } = scene
  const plain = tone % DIMMED
  if (scene.labelled.view.isPreview) {
    if (isToHead) return mix(palette.line, palette.canvas, 0.1)
    if (plain === RELEASED) return mix(palette.rel, palette.canvas, 0.26)
    return mix(palette.stay, palette.canvas, 0.18)
  }
  const isOwner = plain >= OWNER && plain < LIVE
  const isScale = plain >= SURVIVAL && plain < SURVIVAL + 6
  const full =
    isOwner || isScale || plain === NEUTRAL ? (colours[plain] ?? palette.canvas) : palette.line
  if (tone >= DIMMED) return mix(full, palette.canvas, 0.14)
  return mix(full, palette.canvas, isToHead ? 0.22 : isOwner ? 0.42 : 0.3)
}

function paintOutline(
  { ctx, scene }: Brush,
  bands: readonly Band[],
  x: number,
  width: number,
): void {
  const last = bands.findLast((band) => band.tone !== EMPTY)
  if (!last || scene.labelled.view.isPreview || scene.labelled.view.mode === 'state') return
  const end = Math.min(scene.height + 4, Math.round(yOf(last.endBlock, scene.window, scene.height)))
  ctx.strokeStyle = scene.palette.line
  ctx.lineWidth = 1
  ctx.strokeRect(x - 0.5, 0.5, width + 1, end - 1)
}

function paintFoot({ ctx, scene }: Brush, here: SceneColumn, x: number): void {
  ctx.fillStyle = here.column.kind === 'now' ? scene.palette.sec : scene.palette.text
  ctx.font = `600 12px ${FONT}`
  ctx.textAlign = 'left'
  const text = fitting(ctx, here.foot, here.column.width + 6)
  if (text !== null) ctx.fillText(text, x + 1, scene.height + 18)
}

/** Top and height of blocks on the canvas; a pixel of canvas parts it from the next. */
function spanOf(scene: Scene, span: { firstBlock: number; endBlock: number }): [number, number] {
  const inside = (y: number) => Math.round(Math.min(scene.height + EDGE, Math.max(-EDGE, y)))
  const y = inside(yOf(span.firstBlock, scene.window, scene.height))
  const end = inside(yOf(span.endBlock, scene.window, scene.height))
  const height = end - y
  return [y, Math.max(1, height >= GAP_FROM ? height - 1 : height)]
}
