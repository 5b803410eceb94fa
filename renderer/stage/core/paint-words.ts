import { inkOn, mix } from '../palette.ts'
import type { Band } from './bands.ts'
import { type Brush, FONT } from './brush.ts'
import { cellLabel, type Wordings } from './cell-label.ts'
import type { Scene, SceneColumn } from './scene.ts'
import { DIMMED, HEIR, NEW, RELEASED, STAY } from './tones.ts'

const LINE_HEIGHT = 18

/** Where a band is drawn, canvas pixels. */
export type Box = { x: number; y: number; width: number; height: number }

/** The words of a band, as many lines as it has room for; on a plate where the ground has a pattern. */
export function paintWords(
  brush: Brush,
  here: SceneColumn,
  band: Band,
  { x, y, width: boxWidth, height }: Box,
): void {
  const { ctx, scene } = brush
  if (here.column.kind === 'now' && band.writer >= 0) return
  const lines = cellLabel(scene.labelled, here.source, band, height)
  if (lines.length === 0) return
  const width = boxWidth - 26
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

/** The pattern that goes with a tone's colour, for tones of state. */
export function patternOf({ patterns }: Brush, tone: number): CanvasPattern | null {
  if (tone === RELEASED) return patterns.released
  if (tone === HEIR) return patterns.heir
  return tone === NEW ? patterns.added : null
}

/** The longest wording that fits; the shortest cut off where none does. */
export function fitting(ctx: CanvasRenderingContext2D, wordings: Wordings, width: number): string {
  const fits = (text: string) => ctx.measureText(text).width <= width
  const found = wordings.find(fits)
  if (found !== undefined) return found
  const text = wordings.at(-1) ?? ''
  let end = text.length - 1
  while (end > 1 && !fits(`${text.slice(0, end)}…`)) end--
  return `${text.slice(0, end).trimEnd()}…`
}
