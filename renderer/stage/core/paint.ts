import { GUTTER_WIDTH } from '../columns.ts'
import { ticksOf, yOf } from './address-axis.ts'
import { type Brush, FONT } from './brush.ts'
import { paintCards } from './paint-cards.ts'
import { paintDense } from './paint-dense.ts'
import { paintUnloaded } from './paint-unloaded.ts'
import { FOOT_HEIGHT } from './scene.ts'

/** Paints the whole core sample: axis, cells, the line under them. */
export function paintScene(brush: Brush): void {
  const { ctx, scene } = brush
  ctx.clearRect(0, 0, scene.width, scene.height + FOOT_HEIGHT)
  ctx.textBaseline = 'alphabetic'
  paintAxis(brush)
  ctx.save()
  ctx.beginPath()
  ctx.rect(GUTTER_WIDTH - 2, -2, scene.width - GUTTER_WIDTH + 2, scene.height + FOOT_HEIGHT + 2)
  ctx.clip()
  if (scene.shape === 'card') paintCards(brush)
  else paintDense(brush)
  paintUnloaded(brush)
  ctx.restore()
}

function paintAxis({ ctx, scene }: Brush): void {
  ctx.fillStyle = scene.palette.sec
  ctx.font = `400 11px ${FONT}`
  ctx.textAlign = 'right'
  for (const tick of ticksOf(scene.window, scene.height)) {
    const y = Math.min(scene.height - 1, Math.round(yOf(tick.block, scene.window, scene.height)))
    ctx.fillText(tick.label, GUTTER_WIDTH - 14, Math.min(scene.height - 1, Math.max(8, y + 4)))
    ctx.fillRect(GUTTER_WIDTH - 10, y, 6, 1)
  }
}
