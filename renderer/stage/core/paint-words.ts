import { inkOn, mix } from '../palette.ts'
import { yOf } from './address-axis.ts'
import { type Band, partOfBand } from './bands.ts'
import { type Brush, FONT } from './brush.ts'
import { cellLabel, type Wordings } from './cell-label.ts'
import type { Scene, SceneColumn } from './scene.ts'
import { DIMMED, HEIR, NEW, RELEASED, STAY } from './tones.ts'
import { loadedStretch, unloadedRows } from './unloaded-cells.ts'

const LINE_HEIGHT = 18
/** From a cell's sides to its words: the birth edge is on the left. */
const [LEFT, RIGHT] = [13, 5]
/** In narrower cells even the size is written small. */
const NARROW_WIDTH = 120

type Written = { font: string; text: string; width: number }

/** Where a band is drawn, canvas pixels. */
export type Box = { x: number; y: number; width: number; height: number }

/** The words of a band, as many lines as it has room for; on a plate where the ground has a pattern. */
export function paintWords(brush: Brush, here: SceneColumn, whole: Band, around: Box): void {
  const { ctx, scene } = brush
  const isHead = here.column.kind === 'now'
  if (isHead && whole.writer >= 0) return
  const { band, box } = isHead ? clearOf(scene, here, whole, around) : { band: whole, box: around }
  const { x, y, width: boxWidth, height } = box
  const lines = cellLabel(scene.labelled, here.source, band, height)
  if (lines.length === 0) return
  const { isPreview } = scene.labelled.view
  const large = boxWidth < NARROW_WIDTH ? 13 : isPreview ? 14 : 15
  const styles = lines.length === 1 ? ['600 12'] : [`600 ${large}`, isPreview ? '400 12' : '500 12']
  const written = lines.flatMap((line, i): Written[] => {
    const font = `${styles[i] ?? '400 12'}px ${FONT}`
    ctx.font = font
    const text = fitting(ctx, line, boxWidth - LEFT - RIGHT)
    return text === null ? [] : [{ font, text, width: ctx.measureText(text).width }]
  })
  if (written.length === 0) return
  const tall = written.length * LINE_HEIGHT
  const top = y + Math.max(0, Math.min((height - tall) / 2, 14))
  ctx.textAlign = 'left'
  if (patternOf(brush, band.tone)) {
    const widest = Math.max(...written.map(({ width }) => width))
    ctx.fillStyle = scene.palette.canvas
    ctx.beginPath()
    ctx.roundRect(x + 6, top + 1, Math.min(widest + 14, boxWidth - 8), tall, 4)
    ctx.fill()
  }
  ctx.fillStyle = inkFor(scene, band.tone)
  for (const [i, { font, text }] of written.entries()) {
    ctx.font = font
    ctx.fillText(text, x + LEFT, top + 14 + i * LINE_HEIGHT)
  }
}

/** Of a band of the live volume the most in one piece that is not under a hatch. */
function clearOf(
  { picture, window, height, labelled }: Scene,
  { source }: SceneColumn,
  band: Band,
  box: Box,
): { band: Band; box: Box } {
  if (labelled.view.isPreview || unloadedRows(picture) === null) return { band, box }
  const stretch = loadedStretch(picture, band)
  const y = Math.max(box.y, yOf(stretch.firstBlock, window, height))
  const foot = Math.min(box.y + box.height, yOf(stretch.endBlock, window, height))
  return { band: partOfBand(picture, source, band, stretch), box: { ...box, y, height: foot - y } }
}

function inkFor(scene: Scene, tone: number): string {
  const { palette, colours } = scene
  const fill = colours[tone] ?? palette.canvas
  if (tone >= DIMMED) return mix(palette.text, fill, 0.8)
  return tone === RELEASED || tone === HEIR || tone === STAY ? palette.text : inkOn(fill)
}

/** The pattern that goes with a tone's colour, for tones of state. */
export function patternOf({ patterns }: Brush, tone: number): CanvasPattern | null {
  if (tone === RELEASED) return patterns.released
  if (tone === HEIR) return patterns.heir
  return tone === NEW ? patterns.added : null
}

/** The longest wording that fits; null where none does. Set `ctx.font` before. */
export function fitting(
  ctx: Pick<CanvasRenderingContext2D, 'measureText'>,
  wordings: Wordings,
  width: number,
): string | null {
  return wordings.find((text) => ctx.measureText(text).width <= width) ?? null
}
