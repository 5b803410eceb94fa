import { CHANGED, UNWRITTEN } from '../../../core/contract/core-sample.ts'
import type { Generation } from '../colours.ts'
import type { Palette } from '../palette.ts'
import { mix } from '../palette.ts'
import type { CoreMode } from '../stage-props.ts'
import { NO_STORER, type Picture } from './picture.ts'

/*
 * What a cell looks like, as a small number: an index into a table of colours that follows the
 * theme, so that 200,000 cells can be coloured anew in a few milliseconds.
 */
export const EMPTY = 0
/** + generation */
export const OWNER = 1
/** + generation: the live volume reads it, but stores nothing. */
export const LIVE = 7
/** + 0 (held by one) to 5 (held by all) */
export const SURVIVAL = 13
export const PLAIN = 19
export const NEW = 20
export const STAY = 21
export const RELEASED = 22
export const HEIR = 23
export const NEUTRAL = 24
export const LIVE_CHANGED = 25
/** Of another account: who stores it is not ours to know. */
export const FOREIGN = 26
/** + tone: not held by what is pointed at or selected. */
export const DIMMED = 32
const TONE_COUNT = 64

const SURVIVAL_STEPS = 6
/** Dimmed cells are hardly more than an outline, so that no shade has to be told from another. */
const HIGH_CONTRAST_SHARE = 0.16

/** What decides the tones besides the cells themselves. */
export type ToneView = {
  readonly mode: CoreMode
  readonly isPreview: boolean
  /** Columns of the snapshots whose deletion is previewed. */
  readonly doomed: ReadonlySet<number>
  readonly generationOfColumn: readonly Generation[]
  /** Of each column, how many snapshots can hold what it reads: those of its region. */
  readonly peersOfColumn: readonly number[]
  /** Columns of other accounts: who stores their blocks is not ours to know. */
  readonly foreign: ReadonlySet<number>
}

/** A tone for each cell of the picture, none dimmed. */
export function tonesOf(picture: Picture, view: ToneView): Uint8Array {
  const { sample, rowCount } = picture
  const tones = new Uint8Array(rowCount * sample.columns.length)
  const survivors = new Int32Array(sample.writers.length)
  for (let row = 0; row < rowCount; row++) {
    if (view.isPreview) firstSurvivors(picture, row, view.doomed, survivors)
    for (const index of sample.columns.keys()) {
      tones[index * rowCount + row] = toneOf(picture, view, index, row, survivors)
    }
  }
  return tones
}

/**
 * The tones with those dimmed that none of `emphasised` holds. Apart from `tonesOf`, since pointing
 * changes this alone, many times a second.
 *
 * @param emphasised columns; none: nothing is dimmed
 */
export function dimmedTones(
  picture: Picture,
  tones: Uint8Array,
  emphasised: readonly number[],
): Uint8Array {
  if (emphasised.length === 0) return tones
  const held = emphasised.flatMap((column) => picture.sample.columns[column]?.cells ?? [])
  if (held.length === 0) return tones
  const dimmed = tones.slice()
  for (const [index, { cells }] of picture.sample.columns.entries()) {
    dimColumn(dimmed, index * picture.rowCount, cells, held)
  }
  return dimmed
}

/** The inner loop of pointing: half a million cells, so nothing but arrays of numbers. */
function dimColumn(
  dimmed: Uint8Array,
  base: number,
  cells: Int32Array,
  held: readonly Int32Array[],
): void {
  const [first] = held
  for (let row = 0; row < cells.length; row++) {
    const writer = cells[row]!
    if (writer < 0 || writer === first?.[row]) continue
    let at = 1
    while (at < held.length && held[at]![row] !== writer) at++
    if (at >= held.length) dimmed[base + row]! += DIMMED
  }
}

/** The colour of each tone on the canvas, as #rrggbb. */
export function toneColours(palette: Palette): readonly string[] {
  const { canvas, line, text } = palette
  const colours: string[] = new Array(TONE_COUNT).fill(canvas)
  for (const [step, colour] of palette.generations.entries()) {
    colours[OWNER + step] = colour
    colours[LIVE + step] = mix(colour, canvas, 0.3)
    colours[SURVIVAL + step] = mix(text, canvas, 0.14 + (0.66 * step) / (SURVIVAL_STEPS - 1))
  }
  colours[PLAIN] = mix(line, canvas, 0.28)
  colours[NEW] = palette.new
  colours[STAY] = mix(palette.stay, canvas, 0.42)
  colours[RELEASED] = mix(palette.rel, canvas, 0.55)
  colours[HEIR] = mix(palette.heir, canvas, 0.4)
  colours[NEUTRAL] = mix(line, canvas, 0.2)
  colours[LIVE_CHANGED] = text
  colours[FOREIGN] = mix(line, canvas, 0.2)
  for (let tone = OWNER; tone < DIMMED; tone++) {
    colours[DIMMED + tone] = mix(colours[tone] ?? canvas, canvas, dimmedShare(palette, tone))
  }
  return colours
}

function dimmedShare({ isDark, isHighContrast }: Palette, tone: number): number {
  if (isHighContrast) return HIGH_CONTRAST_SHARE
  const isLive = tone >= LIVE && tone < SURVIVAL
  if (isLive) return 0.5
  return isDark ? 0.34 : 0.3
}

function toneOf(
  picture: Picture,
  view: ToneView,
  column: number,
  row: number,
  survivors: Int32Array,
): number {
  const data = picture.sample.columns[column]
  const writer = data?.cells[row] ?? UNWRITTEN
  if (!data || writer === UNWRITTEN) return EMPTY
  if (view.foreign.has(column)) return FOREIGN
  const isHead = data.snapshotId === null
  if (view.isPreview && isHead) return NEUTRAL
  if (writer === CHANGED) return view.mode === 'changed' ? NEW : LIVE_CHANGED
  const cell = column * picture.rowCount + row
  const storer = picture.storers[cell] ?? NO_STORER
  if (view.isPreview || view.mode === 'state') {
    if (isHead) return NEUTRAL
    if (isReleased(picture, view, column, row)) return RELEASED
    const isHanded = view.isPreview && view.doomed.has(storer) && survivors[writer] === column
    return isHanded ? HEIR : STAY
  }
  if (view.mode === 'changed') {
    return !isHead && picture.sample.writers[writer] === data.snapshotId ? NEW : PLAIN
  }
  if (view.mode === 'survival') {
    const held = picture.holderCounts[cell] ?? 0
    const most = Math.max(1, (view.peersOfColumn[column] ?? 0) - 1)
    return SURVIVAL + Math.round(((held - 1) / most) * (SURVIVAL_STEPS - 1))
  }
  if (view.foreign.has(storer)) return FOREIGN
  // The live volume goes on from a snapshot that is in the bin: no column of the picture stores it.
  if (storer === NO_STORER) return NEUTRAL
  return (isHead ? LIVE : OWNER) + (view.generationOfColumn[storer] ?? 0)
}

/** In a preview: gone with the doomed. Otherwise: gone if this column alone were deleted. */
function isReleased(picture: Picture, view: ToneView, column: number, row: number): boolean {
  const data = picture.sample.columns[column]
  if (!data) return false
  if (!view.isPreview) return (picture.holderCounts[column * picture.rowCount + row] ?? 0) === 1
  return (data.releasedBlocks[row] ?? 0) * 2 > (data.dataBlocks[row] ?? 0)
}

/** For each writer: the oldest column that survives and reads its block in this row. */
function firstSurvivors(
  picture: Picture,
  row: number,
  doomed: ReadonlySet<number>,
  survivors: Int32Array,
): void {
  survivors.fill(NO_STORER)
  for (const [index, column] of picture.sample.columns.entries()) {
    const writer = column.cells[row] ?? UNWRITTEN
    if (writer < 0 || column.snapshotId === null || doomed.has(index)) continue
    if (survivors[writer] === NO_STORER) survivors[writer] = index
  }
}
