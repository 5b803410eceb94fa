import { channels, mix } from '../palette.ts'
import type { Scene } from './scene.ts'
import { DIMMED, EMPTY, HEIR, NEW, PLAIN, RELEASED, STAY } from './tones.ts'

/*
 * Narrow columns as images: a pixel for each column and line of the screen.
 * (1) Images lie on their side, a column is a row of pixels, since memory is filled in its own order
 *     several times faster; they are drawn with the axes swapped.
 * (2) Images of the size wanted are filled again: pointing makes many, and they are megabytes.
 */
export type Raster = {
  readonly cells: Layer
  /** Opaque where the tone is drawn with a pattern; null where there is no such cell. */
  readonly released: Layer | null
  readonly heir: Layer | null
}

export type Layer = { readonly canvas: OffscreenCanvas; readonly image: ImageData }

/** Cells of other lanes are a little paler: they are there for the eye to follow. */
const FOREIGN_SHARE = 0.9

/**
 * @param ratio device pixels for a CSS pixel
 * @param old not painted any more: its images are used again (2)
 */
export function rasterOf(scene: Scene, ratio: number, old: Raster | null): Raster {
  const height = Math.max(1, Math.round(scene.height * ratio))
  const rowAt = rowsAt(scene, height)
  const { view } = scene.labelled
  const hasPatterns = view.isPreview || view.mode === 'state'
  const mask = (tone: number, layer: Layer | null | undefined) =>
    hasPatterns && scene.tones.includes(tone) ? filled(scene, rowAt, layer, maskOf(tone)) : null
  return {
    cells: filled(scene, rowAt, old?.cells, colourTables(scene)),
    released: mask(RELEASED, old?.released),
    heir: mask(HEIR, old?.heir),
  }
}

/** Draws columns `first` to `first + count` of a layer into a box. */
export function drawLayer(
  ctx: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  { canvas }: Layer,
  columns: { first: number; count: number },
  box: { x: number; y: number; width: number; height: number },
): void {
  ctx.save()
  ctx.imageSmoothingEnabled = false
  ctx.transform(0, 1, 1, 0, box.x, box.y) // (1)
  ctx.drawImage(canvas, 0, columns.first, canvas.width, columns.count, 0, 0, box.height, box.width)
  ctx.restore()
}

/** The pixel of each tone, in a column of the lane followed and in one of another lane. */
type Tables = { own: Uint32Array; foreign: Uint32Array }

function colourTables({ palette, colours }: Scene): Tables {
  const own = Uint32Array.from(colours, (colour, tone) => (tone === EMPTY ? 0 : packed(colour)))
  const foreign = Uint32Array.from(colours, (colour, tone) => {
    if (tone === EMPTY) return 0
    return packed(mix(colours[asForeign(tone)] ?? colour, palette.canvas, FOREIGN_SHARE))
  })
  return { own, foreign }
}

function maskOf(wanted: number): Tables {
  const own = new Uint32Array(2 * DIMMED)
  own[wanted] = 0xff000000
  return { own, foreign: new Uint32Array(2 * DIMMED) }
}

/** What is told of one snapshot alone must not run on through the column of another. */
function asForeign(tone: number): number {
  if (tone % DIMMED === NEW) return tone - NEW + PLAIN
  return tone === HEIR || tone === RELEASED ? STAY : tone
}

function filled(
  scene: Scene,
  rowAt: Int32Array,
  old: Layer | null | undefined,
  { own, foreign }: Tables,
): Layer {
  const { columns, tones, picture } = scene
  const [width, height] = [rowAt.length, Math.max(1, columns.length)]
  const fits = old && old.image.width === width && old.image.height === height
  const canvas = fits ? old.canvas : new OffscreenCanvas(width, height)
  const image = fits ? old.image : new ImageData(width, height)
  const pixels = new Uint32Array(image.data.buffer)
  for (const [index, { source, isForeign }] of columns.entries()) {
    const table = isForeign ? foreign : own
    const base = source * picture.rowCount
    const start = index * width
    for (let y = 0; y < width; y++) {
      const row = rowAt[y]!
      pixels[start + y] = source < 0 || row < 0 ? 0 : table[tones[base + row]!]!
    }
  }
  // An offscreen canvas always gives its context.
  canvas.getContext('2d')!.putImageData(image, 0, 0)
  return { canvas, image }
}

/** The row of the sample that lies in the middle of each line; -1: outside of the sample. */
function rowsAt(scene: Scene, height: number): Int32Array {
  const { rowStarts } = scene.picture.sample
  const { firstBlock, blockCount } = scene.window
  const rows = new Int32Array(height).fill(-1)
  let row = 0
  for (let y = 0; y < height; y++) {
    const block = firstBlock + ((y + 0.5) / height) * blockCount
    while (row < scene.picture.rowCount && (rowStarts[row + 1] ?? 0) <= block) row++
    if (row < scene.picture.rowCount && (rowStarts[row] ?? 0) <= block) rows[y] = row
  }
  return rows
}

/** As the bytes of an ImageData lie in memory: little-endian on all that Electron runs on. */
function packed(colour: string): number {
  const [r, g, b] = channels(colour)
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0
}
