import { CHANGED } from '../../../core/contract/core-sample.ts'
import { BLOCK_BYTES } from '../../../core/contract/model.ts'
import { formatBytes } from '../../words/byte-format.ts'
import { joinNames } from '../../words/names.ts'
import { type Band, otherHoldersOf } from './bands.ts'
import { NO_STORER, type Picture } from './picture.ts'
import { EMPTY, HEIR, RELEASED, type ToneView } from './tones.ts'

/** Lines of a cell's label, the most important first. */
export type CellLabel = readonly string[]

/** What a cell is labelled from. */
export type Labelled = {
  readonly picture: Picture
  readonly view: ToneView
  /** Of the sample's columns, in their order. */
  readonly names: readonly string[]
}

/** Heights from which a cell has room for so many lines, in pixels. */
const THREE_LINES = 56
const TWO_LINES = 40
export const ONE_LINE = 18

/**
 * The words in a cell of a snapshot's column, as many lines as fit: its size, who stores it, who
 * else holds it; while a deletion is previewed: what becomes of it.
 *
 * @param height of the cell, pixels
 */
export function cellLabel(of: Labelled, column: number, band: Band, height: number): CellLabel {
  if (height < ONE_LINE) return []
  const size = formatBytes(bytesOf(band))
  if (band.tone === EMPTY) return height > 24 ? [`never written, ${size}`] : []
  if (band.writer === CHANGED)
    return [`${size} changed`, 'since the last snapshot'].slice(0, fit(height))
  if (of.view.isPreview) return previewLabel(of, column, band, height)
  const others = otherHoldersOf(of.picture, column, band).map((holder) => of.names[holder] ?? '')
  const isOwn = band.storer === column
  const stored = isOwn ? 'stored here' : `borrowed from ${nameOf(of, band.storer)}`
  if (height < TWO_LINES) return [`${size}, ${isOwn && others.length === 0 ? 'only here' : stored}`]
  if (height < THREE_LINES) {
    const also = others.length === 0 ? 'only here' : `also in ${joinNames(others)}`
    return [size, isOwn ? `${stored}, ${also}` : stored]
  }
  const held = others.length === 0 ? `only ${of.names[column] ?? ''} holds it` : null
  return [size, stored, held ?? `also held by ${joinNames(others)}`]
}

/** Data bytes of a band; its whole span where nothing was ever written. */
export function bytesOf(band: Band): number {
  const blocks = band.tone === EMPTY ? band.endBlock - band.firstBlock : band.dataBlocks
  return blocks * BLOCK_BYTES
}

function previewLabel(of: Labelled, column: number, band: Band, height: number): CellLabel {
  const size = formatBytes(bytesOf(band))
  const isOwn = band.storer === column
  const isReleased = band.tone === RELEASED
  const others = otherHoldersOf(of.picture, column, band)
  const storedBy = isOwn ? 'stored here' : `stored by ${nameOf(of, band.storer)}`
  if (band.tone === HEIR) return [`${size} pass to here`, storedBy].slice(0, fit(height))
  if (isCounted(of, column, band, others))
    return [`the same ${size}`, storedBy].slice(0, fit(height))
  const heir = others.find((holder) => !of.view.doomed.has(holder))
  const isHandedOn = isOwn && !isReleased && of.view.doomed.has(column) && heir !== undefined
  return [
    `${size} ${isReleased ? 'released' : 'stay'}`,
    isHandedOn ? `pass to ${nameOf(of, heir)}` : storedBy,
  ].slice(0, fit(height))
}

/** The band was labelled in a column further left: its bytes must not be added up twice. */
function isCounted(of: Labelled, column: number, band: Band, others: readonly number[]): boolean {
  if (band.storer === column) return false
  if (band.tone !== RELEASED) return true
  return others.some((holder) => holder < column && of.view.doomed.has(holder))
}

function nameOf(of: Labelled, column: number): string {
  return column === NO_STORER ? '' : (of.names[column] ?? '')
}

function fit(height: number): number {
  return height < TWO_LINES ? 1 : 2
}
