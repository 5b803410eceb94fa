import { CHANGED } from '../../../core/contract/core-sample.ts'
import { BLOCK_BYTES } from '../../../core/contract/units.ts'
import { formatBytes, formatBytesShort } from '../../words/byte-format.ts'
import { UNLOADED_LABELS, type UnloadedLook } from '../../words/load-words.ts'
import { joinNames } from '../../words/names.ts'
import { type Band, otherHoldersOf } from './bands.ts'
import { NO_STORER, type Picture } from './picture.ts'
import { EMPTY, HEIR, RELEASED, type ToneView } from './tones.ts'

/**
 * A line of a label in several wordings, the longest first: the first that fits is used, and none
 * where none does. Neither a figure nor a name is ever cut.
 */
export type Wordings = readonly [string, ...string[]]

/** What a cell is labelled from. */
export type Labelled = {
  readonly picture: Picture
  readonly view: ToneView
  /** Of the sample's columns, in their order. */
  readonly names: readonly string[]
  /** Of the largest volume: a sample that ends before it shows a part. */
  readonly volumeBlocks: number
}

/** Heights from which a cell has room for so many lines, in pixels. */
const THREE_LINES = 58
const TWO_LINES = 40
export const ONE_LINE = 18

/**
 * The words in a cell of a snapshot's column, as many lines as fit: its size, who stores it, who
 * else holds it; while a deletion is previewed: what becomes of it.
 *
 * @param height of the cell, pixels
 */
export function cellLabel(
  of: Labelled,
  column: number,
  band: Band,
  height: number,
): readonly Wordings[] {
  if (height < ONE_LINE) return []
  const size = sizesIn(of, band)
  if (band.tone === EMPTY) {
    return height > 24 ? [[`never written, ${size[0]}`, 'never written', 'empty']] : []
  }
  if (band.writer === CHANGED) {
    return fit(height, [
      [`${size[0]} changed`, ...size],
      ['since the last snapshot', 'changed'],
    ])
  }
  if (of.view.foreign.has(column)) return fit(height, [size, ['shared with you', 'shared']])
  return of.view.isPreview
    ? previewLabel(of, column, band, height)
    : plainLabel(of, column, band, height)
}

/** On the cells that the live volume has not got. */
export function wordingsOfUnloaded(blocks: number, look: UnloadedLook): Wordings {
  const bytes = blocks * BLOCK_BYTES
  const size = formatBytes(bytes)
  const short = look === 'damaged' ? 'damaged' : 'not loaded'
  return [`${size} ${UNLOADED_LABELS[look]}`, `${size} ${short}`, short, formatBytesShort(bytes)]
}

/** A band that goes on outside of the picture says how much of it is in view. */
function sizesIn({ picture, volumeBlocks }: Labelled, band: Band): Wordings {
  const { rowStarts } = picture.sample
  const goesOnAbove = band.firstRow === 0 && (rowStarts[0] ?? 0) > 0
  const isLast = band.endRow === picture.rowCount
  const goesOnBelow = isLast && (rowStarts[picture.rowCount] ?? 0) < volumeBlocks
  const bytes = bytesOf(band)
  const sizes = [formatBytes(bytes), formatBytesShort(bytes)] as const
  return goesOnAbove || goesOnBelow ? [`${sizes[0]} in view`, ...sizes] : sizes
}

/** Data bytes of a band; its whole span where nothing was ever written. */
export function bytesOf(band: Band): number {
  const blocks = band.tone === EMPTY ? band.endBlock - band.firstBlock : band.dataBlocks
  return blocks * BLOCK_BYTES
}

function plainLabel(of: Labelled, column: number, band: Band, height: number): readonly Wordings[] {
  const size = sizesIn(of, band)
  const name = of.names[column] ?? ''
  const others = otherHoldersOf(of.picture, column, band).map((holder) => of.names[holder] ?? '')
  const isOwn = band.storer === column
  const storer = nameOf(of, band.storer)
  const stored: Wordings = !isOwn
    ? [`borrowed from ${storer}`, `from ${storer}`, 'borrowed']
    : isInherited(of, column, band)
      ? ['inherited, stored here', 'inherited']
      : ['stored here', 'stored']
  const held: Wordings =
    others.length === 0
      ? [`only ${name} holds it`, `only ${name}`, 'only here']
      : [
          `also held by ${joinNames(others)}`,
          `held by ${others.length} more`,
          `in ${others.length} more`,
        ]
  if (height >= THREE_LINES) return [size, stored, held]
  if (height >= TWO_LINES) {
    const holders = others.length === 0 ? held[1] : `also in ${joinNames(others)}`
    return [size, isOwn ? [`${stored[0]}, ${holders}`, ...stored] : stored]
  }
  const [alone, ...less]: Wordings = isOwn && others.length === 0 ? ['only here'] : stored
  const shorter = less.map((words) => `${size[0]}, ${words}`)
  return [[`${size[0]}, ${alone}`, ...shorter, ...size]]
}

function previewLabel(
  of: Labelled,
  column: number,
  band: Band,
  height: number,
): readonly Wordings[] {
  const size = sizesIn(of, band)
  const isOwn = band.storer === column
  const isReleased = band.tone === RELEASED
  const others = otherHoldersOf(of.picture, column, band)
  const storer = nameOf(of, band.storer)
  const storedBy: Wordings = isOwn
    ? ['stored here', 'stored']
    : [`stored by ${storer}`, `by ${storer}`, 'borrowed']
  if (band.tone === HEIR)
    return fit(height, [[`${size[0]} pass to here`, `${size[0]} pass here`, ...size], storedBy])
  if (isCounted(of, column, band, others)) {
    return fit(height, [[`the same ${size[0]}`, ...size], storedBy])
  }
  const heir = others.find((holder) => !of.view.doomed.has(holder))
  const isHandedOn = isOwn && !isReleased && of.view.doomed.has(column) && heir !== undefined
  const fate = isReleased ? 'released' : 'stay'
  const to = nameOf(of, heir ?? NO_STORER)
  return fit(height, [
    [`${size[0]} ${fate}`, ...size],
    isHandedOn ? [`pass to ${to}`, `to ${to}`, 'pass on'] : storedBy,
  ])
}

/** The band was labelled in a column further left: its bytes must not be added up twice. */
function isCounted(of: Labelled, column: number, band: Band, others: readonly number[]): boolean {
  if (band.storer === column) return false
  if (band.tone !== RELEASED) return true
  return others.some((holder) => holder < column && of.view.doomed.has(holder))
}

/** Stored here, but written by a snapshot that is gone. */
export function isInherited({ picture }: Labelled, column: number, band: Band): boolean {
  const writer = picture.sample.writers[band.writer]
  return band.storer === column && writer !== picture.sample.columns[column]?.snapshotId
}

function nameOf(of: Labelled, column: number): string {
  return column === NO_STORER ? '' : (of.names[column] ?? '')
}

function fit(height: number, lines: readonly Wordings[]): readonly Wordings[] {
  return lines.slice(0, height < TWO_LINES ? 1 : 2)
}
