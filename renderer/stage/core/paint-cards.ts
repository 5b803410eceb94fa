import { GUTTER_WIDTH } from '../columns.ts'
import { inkOn, mix } from '../palette.ts'
import { yOf } from './address-axis.ts'
import { type Band, bandsOf, bridgesOf } from './bands.ts'
import { type Brush, FONT, isInView } from './brush.ts'
import { cellLabel, isInherited, type Wordings } from './cell-label.ts'
import type { Scene, SceneColumn } from './scene.ts'
import {
  DIMMED,
  EMPTY,
  HEIR,
  LIVE,
  NEUTRAL,
  NEW,
  OWNER,
  RELEASED,
  STAY,
  SURVIVAL,
} from './tones.ts'

const BIRTH_EDGE = 4
const LINE_HEIGHT = 18
/** Bands thinner than this get no gap above the next one, else fine ones would vanish. */
const GAP_FROM = 4

/** Wide columns: each band a box with words in it, and bridges where the next column reads it too. */
export function paintCards(brush: Brush): void {
  const { scene } = brush
  const shown = scene.columns.filter((column) => column.source >= 0)
  for (const [index, here] of shown.entries()) {
    const next = shown[index + 1]
    const x = GUTTER_WIDTH + here.column.x - brush.panX
    const toX = next ? GUTTER_WIDTH + next.column.x - brush.panX : x + here.column.width
    if (!isInView(scene, x, toX - x)) continue
    const bands = bandsOf(scene.picture, scene.tones, here.source)
    for (const band of bands) {
      if (next) paintBridges(brush, here, next, band, x + here.column.width, toX)
      paintBand(brush, here, band, x)
    }
    if (here.column.kind !== 'now') paintOutline(brush, bands, x, here.column.width)
    paintFoot(brush, here, x)
  }
}

function paintBand(brush: Brush, here: SceneColumn, band: Band, x: number): void {
  const { ctx, scene } = brush
  const [y, height] = spanOf(scene, band)
  if (y + height < 0 || y > scene.height) return
  const width = here.column.width
  const isHead = here.column.kind === 'now'
  if (band.tone === EMPTY) {
    paintEmpty(brush, here, band, x, y, height)
    return
  }
  const pattern = patternOf(brush, band.tone)
  ctx.fillStyle = pattern ?? scene.colours[band.tone] ?? scene.palette.canvas
  ctx.fillRect(x, y, width, height)
  if (height > 2 && !isHead) paintEdges(brush, here, band, x, y, height)
  paintWords(brush, here, band, x, y, height)
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
  if (outline) {
    const line = outline === 'stay' ? 1 : 1.5
    ctx.strokeStyle =
      band.tone >= DIMMED ? mix(palette[outline], palette.canvas, 0.5) : palette[outline]
    ctx.lineWidth = line
    ctx.strokeRect(x + line / 2, y + line / 2, width - line, height - line)
  } else if (band.storer === here.source && !isInherited(scene.labelled, here.source, band)) {
    const fill = scene.colours[band.tone] ?? palette.canvas
    ctx.fillStyle = mix(palette.text, fill, band.tone >= DIMMED ? 0.4 : 0.85)
    ctx.fillRect(x, y, BIRTH_EDGE, height)
  }
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
  ctx.fillText(
    fitting(ctx, words, here.column.width - 24),
    x + 12,
    y + Math.min(height / 2 + 4, 21),
  )
}

function paintWords(
  brush: Brush,
  here: SceneColumn,
  band: Band,
  x: number,
  y: number,
  height: number,
): void {
  const { ctx, scene } = brush
  const isHead = here.column.kind === 'now'
  if (isHead && band.writer >= 0) return
  const lines = cellLabel(scene.labelled, here.source, band, height)
  if (lines.length === 0) return
  const width = here.column.width - 26
  const sizes = lines.length === 1 ? [12] : [scene.labelled.view.isPreview ? 14 : 15, 12, 12]
  const weights = [600, scene.labelled.view.isPreview ? 400 : 500, 400]
  const texts = lines.map((line, i) => {
    ctx.font = `${weights[i]} ${sizes[i]}px ${FONT}`
    return fitting(ctx, line, width)
  })
  const tall = lines.length * LINE_HEIGHT
  const top = y + Math.max(0, Math.min((height - tall) / 2, 14))
  ctx.textAlign = 'left'
  if (patternOf(brush, band.tone)) {
    const widest = texts.map((text, i) => {
      ctx.font = `${weights[i]} ${sizes[i]}px ${FONT}`
      return ctx.measureText(text).width
    })
    ctx.fillStyle = scene.palette.canvas
    ctx.beginPath()
    ctx.roundRect(x + 6, top + 1, Math.max(...widest) + 14, tall, 4)
    ctx.fill()
  }
  ctx.fillStyle = inkFor(scene, band.tone)
  for (const [i, text] of texts.entries()) {
    ctx.font = `${weights[i]} ${sizes[i]}px ${FONT}`
    ctx.fillText(text, x + 13, top + 14 + i * LINE_HEIGHT)
  }
}

function inkFor(scene: Scene, tone: number): string {
  const { palette, colours } = scene
  const fill = colours[tone] ?? palette.canvas
  if (tone >= DIMMED) return mix(palette.text, fill, 0.8)
  return tone === RELEASED || tone === HEIR || tone === STAY ? palette.text : inkOn(fill)
}

function patternOf({ patterns }: Brush, tone: number): CanvasPattern | null {
  if (tone === RELEASED) return patterns.released
  if (tone === HEIR) return patterns.heir
  return tone === NEW ? patterns.added : null
}

function paintBridges(
  { ctx, scene }: Brush,
  here: SceneColumn,
  next: SceneColumn,
  band: Band,
  x: number,
  toX: number,
): void {
  if (band.tone === EMPTY || here.column.kind === 'now') return
  ctx.fillStyle = bridgeColour(scene, band.tone, next.column.kind === 'now')
  for (const bridge of bridgesOf(scene.picture, band, next.source)) {
    const [y, height] = spanOf(scene, bridge)
    ctx.fillRect(x, y, toX - x, height)
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
  if (!last || scene.labelled.view.isPreview) return
  const end = Math.min(scene.height + 4, Math.round(yOf(last.endBlock, scene.window, scene.height)))
  ctx.strokeStyle = scene.palette.line
  ctx.lineWidth = 1
  ctx.strokeRect(x - 0.5, 0.5, width + 1, end - 1)
}

function paintFoot({ ctx, scene }: Brush, here: SceneColumn, x: number): void {
  ctx.fillStyle = here.column.kind === 'now' ? scene.palette.sec : scene.palette.text
  ctx.font = `600 12px ${FONT}`
  ctx.textAlign = 'left'
  ctx.fillText(fitting(ctx, here.foot, here.column.width + 6), x + 1, scene.height + 18)
}

/** Top and height of blocks on the canvas; a pixel of canvas parts it from the next. */
function spanOf(scene: Scene, span: { firstBlock: number; endBlock: number }): [number, number] {
  const y = Math.round(yOf(span.firstBlock, scene.window, scene.height))
  const end = Math.round(yOf(span.endBlock, scene.window, scene.height))
  const height = end - y
  return [y, Math.max(1, height >= GAP_FROM ? height - 1 : height)]
}

/** The longest wording that fits; the shortest cut off where none does. */
function fitting(ctx: CanvasRenderingContext2D, wordings: Wordings, width: number): string {
  const fits = (text: string) => ctx.measureText(text).width <= width
  const found = wordings.find(fits)
  if (found !== undefined) return found
  const text = wordings.at(-1) ?? ''
  let end = text.length - 1
  while (end > 1 && !fits(`${text.slice(0, end)}…`)) end--
  return `${text.slice(0, end).trimEnd()}…`
}
