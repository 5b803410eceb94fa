import { mix, type Palette } from '../palette.ts'

/** Patterns that go with colours of state, so that they can be told apart without colour. */
export type Patterns = {
  readonly released: CanvasPattern
  readonly heir: CanvasPattern
  readonly added: CanvasPattern
  readonly unloaded: CanvasPattern
  readonly damaged: CanvasPattern
}

const TILE = 24
const HATCH_STEP = 8
const HATCH_WIDTH = 2.4
const LINE_STEP = 4
const LINE_WIDTH = 1.5
const DOT_STEP = 6
const THIN_STEP = 6
const THIN_WIDTH = 1.2
const CROSS_STEP = 8

/** @param ratio device pixels for a CSS pixel: patterns are as sharp as the screen */
export function patternsOf(
  ctx: CanvasRenderingContext2D,
  palette: Palette,
  ratio: number,
): Patterns {
  const make = (ground: string, draw: (tile: CanvasRenderingContext2D) => void) =>
    tiled(ctx, ratio, ground, draw)
  return {
    released: make(mix(palette.rel, palette.canvas, 0.16), (tile) => {
      tile.strokeStyle = palette.rel
      tile.lineWidth = HATCH_WIDTH
      for (let x = -TILE; x < 2 * TILE; x += HATCH_STEP) line(tile, x, TILE, x + TILE, 0)
    }),
    heir: make(mix(palette.heir, palette.canvas, 0.16), (tile) => {
      tile.fillStyle = palette.heir
      for (let y = 0; y < TILE; y += LINE_STEP) tile.fillRect(0, y, TILE, LINE_WIDTH)
    }),
    unloaded: make(palette.canvas, (tile) => {
      tile.strokeStyle = mix(palette.sec, palette.canvas, 0.75)
      tile.lineWidth = THIN_WIDTH
      for (let x = -TILE; x < 2 * TILE; x += THIN_STEP) line(tile, x, 0, x + TILE, TILE)
    }),
    damaged: make(mix(palette.danger, palette.canvas, 0.14), (tile) => {
      tile.strokeStyle = palette.danger
      tile.lineWidth = THIN_WIDTH
      for (let x = -TILE; x < 2 * TILE; x += CROSS_STEP) {
        line(tile, x, 0, x + TILE, TILE)
        line(tile, x, TILE, x + TILE, 0)
      }
    }),
    added: make(palette.new, (tile) => {
      tile.fillStyle = mix(palette.canvas, palette.new, 0.55)
      for (let y = 0; y < TILE; y += DOT_STEP) {
        for (let x = 0; x < TILE; x += DOT_STEP) tile.fillRect(x + 2, y + 2, 1.5, 1.5)
      }
    }),
  }
}

function tiled(
  ctx: CanvasRenderingContext2D,
  ratio: number,
  ground: string,
  draw: (tile: CanvasRenderingContext2D) => void,
): CanvasPattern {
  const canvas = new OffscreenCanvas(Math.round(TILE * ratio), Math.round(TILE * ratio))
  // A 2d context is always given to a fresh canvas; the two contexts draw alike.
  const tile = canvas.getContext('2d') as unknown as CanvasRenderingContext2D
  tile.scale(ratio, ratio)
  tile.fillStyle = ground
  tile.fillRect(0, 0, TILE, TILE)
  draw(tile)
  const pattern = ctx.createPattern(canvas, 'repeat')!
  pattern.setTransform(new DOMMatrix().scale(1 / ratio))
  return pattern
}

function line(tile: CanvasRenderingContext2D, x: number, y: number, toX: number, toY: number) {
  tile.beginPath()
  tile.moveTo(x, y)
  tile.lineTo(toX, toY)
  tile.stroke()
}
