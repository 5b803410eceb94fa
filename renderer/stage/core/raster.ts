import { channels, mix } from '../palette.ts'
import type { Scene } from './scene.ts'
import { DIMMED, EMPTY, HEIR, NEW, PLAIN, RELEASED, STAY } from './tones.ts'

/** Narrow columns as images: a pixel wide for each column, a pixel high for each line of the screen. */
export type Raster = {
  readonly cells: OffscreenCanvas
  /** Opaque where the tone is drawn with a pattern; null where there is no such cell. */
  readonly released: OffscreenCanvas | null
  readonly heir: OffscreenCanvas | null
}

/** Cells of other lanes are a little paler: they are there for the eye to follow. */
const FOREIGN_SHARE = 0.9

/** @param ratio device pixels for a CSS pixel */
export function rasterOf(scene: Scene, ratio: number): Raster {
  const height = Math.max(1, Math.round(scene.height * ratio))
  const rowAt = rowsAt(scene, height)
  return {
    cells: drawn(scene, height, (pixels) => fillCells(scene, rowAt, pixels)),
    released: masked(scene, height, rowAt, RELEASED),
    heir: masked(scene, height, rowAt, HEIR),
  }
}

function fillCells(scene: Scene, rowAt: Int32Array, pixels: Uint32Array): void {
  const { columns, tones, picture, palette, colours } = scene
  const own = Uint32Array.from(colours, (colour, tone) => (tone === EMPTY ? 0 : packed(colour)))
  const foreign = Uint32Array.from(colours, (colour, tone) =>
    tone === EMPTY
      ? 0
      : packed(mix(colours[asForeign(tone)] ?? colour, palette.canvas, FOREIGN_SHARE)),
  )
  for (const [index, { source, isForeign }] of columns.entries()) {
    if (source < 0) continue
    const table = isForeign ? foreign : own
    const base = source * picture.rowCount
    for (let y = 0, at = index; y < rowAt.length; y++, at += columns.length) {
      const row = rowAt[y] ?? -1
      if (row >= 0) pixels[at] = table[tones[base + row] ?? 0] ?? 0
    }
  }
}

/** What is told of one snapshot alone must not run on through the column of another. */
function asForeign(tone: number): number {
  if (tone % DIMMED === NEW) return tone - NEW + PLAIN
  return tone === HEIR || tone === RELEASED ? STAY : tone
}

function masked(
  scene: Scene,
  height: number,
  rowAt: Int32Array,
  wanted: number,
): OffscreenCanvas | null {
  if (!scene.tones.includes(wanted)) return null
  const { columns, tones, picture } = scene
  return drawn(scene, height, (pixels) => {
    for (const [index, { source, isForeign }] of columns.entries()) {
      if (source < 0 || isForeign) continue
      const base = source * picture.rowCount
      for (let y = 0, at = index; y < rowAt.length; y++, at += columns.length) {
        const row = rowAt[y] ?? -1
        if (row >= 0 && tones[base + row] === wanted) pixels[at] = 0xff000000
      }
    }
  })
}

function drawn(scene: Scene, height: number, fill: (pixels: Uint32Array) => void): OffscreenCanvas {
  const width = Math.max(1, scene.columns.length)
  const canvas = new OffscreenCanvas(width, height)
  const image = new ImageData(width, height)
  fill(new Uint32Array(image.data.buffer))
  // A fresh canvas always gives its context.
  canvas.getContext('2d')!.putImageData(image, 0, 0)
  return canvas
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
