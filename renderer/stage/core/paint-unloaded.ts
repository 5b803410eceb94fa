import type { UnloadedLook } from '../../words/load-words.ts'
import { GUTTER_WIDTH } from '../columns.ts'
import type { Palette } from '../palette.ts'
import { yOf } from './address-axis.ts'
import { type Brush, FONT, isInView } from './brush.ts'
import { ONE_LINE, wordingsOfUnloaded } from './cell-label.ts'
import { fitting } from './paint-words.ts'
import { unloadedRuns } from './unloaded-cells.ts'

/** From the hatch's left side to the plate with its words. */
const PLATE_LEFT = 6
const PLATE_HEIGHT = 18

const LINES: Readonly<Record<UnloadedLook, (palette: Palette) => string>> = {
  unloaded: ({ sec }) => sec,
  damaged: ({ danger }) => danger,
}

/**
 * What the live volume has not got, over its cells: hatched and outlined. Where a row is
 * loaded in part, the hatch is as wide as the part that is missing.
 */
export function paintUnloaded(brush: Brush): void {
  const { ctx, scene, panX, patterns } = brush
  const now = scene.columns.at(-1)
  if (now?.column.kind !== 'now' || now.source < 0 || scene.labelled.view.isPreview) return
  const left = GUTTER_WIDTH + now.column.x - panX
  if (!isInView(scene, left, now.column.width)) return
  for (const run of unloadedRuns(scene.picture)) {
    const top = Math.max(0, Math.round(yOf(run.firstBlock, scene.window, scene.height)))
    const foot = Math.min(scene.height, Math.round(yOf(run.endBlock, scene.window, scene.height)))
    const height = Math.max(1, foot - top)
    if (foot < 0 || top > scene.height) continue
    const width = Math.max(2, Math.round(now.column.width * run.share))
    const x = Math.round(left + now.column.width - width)
    ctx.fillStyle = patterns[scene.unloadedLook]
    ctx.fillRect(x, top, width, height)
    if (height > 3) {
      ctx.strokeStyle = LINES[scene.unloadedLook](scene.palette)
      ctx.lineWidth = 1
      ctx.strokeRect(x + 0.5, top + 0.5, width - 1, height - 1)
    }
    if (scene.shape === 'card') paintPlate(brush, run.blocks, { x, y: top, width, height })
  }
}

type Box = { x: number; y: number; width: number; height: number }

function paintPlate({ ctx, scene }: Brush, blocks: number, { x, y, width, height }: Box): void {
  if (height < ONE_LINE + 4) return
  ctx.font = `600 12px ${FONT}`
  const wordings = wordingsOfUnloaded(blocks, scene.unloadedLook)
  const text = fitting(ctx, wordings, width - 2 * PLATE_LEFT - 14)
  if (text === null) return
  const top = y + Math.max(2, Math.min((height - PLATE_HEIGHT) / 2, 14))
  ctx.fillStyle = scene.palette.canvas
  ctx.beginPath()
  ctx.roundRect(x + PLATE_LEFT, top, ctx.measureText(text).width + 14, PLATE_HEIGHT, 4)
  ctx.fill()
  ctx.fillStyle = scene.palette.text
  ctx.textAlign = 'left'
  ctx.fillText(text, x + PLATE_LEFT + 7, top + 13)
}
