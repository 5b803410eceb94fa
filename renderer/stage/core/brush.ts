import { GUTTER_WIDTH } from '../columns.ts'
import type { Moves } from './moves.ts'
import type { Patterns } from './patterns.ts'
import type { Raster } from './raster.ts'
import type { Scene } from './scene.ts'

/** What a painter needs besides the scene. */
export type Brush = {
  readonly ctx: CanvasRenderingContext2D
  readonly patterns: Patterns
  readonly scene: Scene
  /** How far columns are moved to the left. */
  readonly panX: number
  /** Cells of narrow columns, a pixel each; null while columns are wide. */
  readonly raster: Raster | null
  /** What is moving; null: nothing. */
  readonly moves: Moves | null
}

export const FONT = '"Inter Variable", Inter, sans-serif'

/** Whether any of `width` pixels from `x` (canvas) can be seen. */
export function isInView(scene: Scene, x: number, width: number): boolean {
  return x + width > GUTTER_WIDTH - 2 && x < scene.width
}
