import { NO_STORER, type Picture } from './picture.ts'

/** A stretch of a snapshot's strip: who stores most there, and whether it goes. Shares: 0 to 1. */
export type StripRun = {
  readonly from: number
  readonly to: number
  readonly look: StripLook
}

export type StripLook =
  | { kind: 'stored'; storer: number }
  | { kind: 'released' }
  | { kind: 'stays' }
  | { kind: 'changed' }
  | { kind: 'unloaded' }
  /** By another account, or by what is in the bin. */
  | { kind: 'elsewhere' }

export const STRIP_BINS = 32

/**
 * One column of the picture in `STRIP_BINS` bins, equal neighbours joined; empty ones left out.
 *
 * @param isPreview tell what becomes of the bytes instead of who stores them
 * @param foreign columns of other accounts
 */
export function stripOf(
  picture: Picture,
  column: number,
  isPreview: boolean,
  foreign: ReadonlySet<number>,
): readonly StripRun[] {
  const { rowStarts } = picture.sample
  const first = rowStarts[0] ?? 0
  const span = (rowStarts[picture.rowCount] ?? 0) - first
  const runs: StripRun[] = []
  let row = 0
  for (let bin = 0; bin < STRIP_BINS && span > 0; bin++) {
    const middle = first + ((bin + 0.5) * span) / STRIP_BINS
    while (row < picture.rowCount - 1 && (rowStarts[row + 1] ?? 0) <= middle) row++
    const look = lookOf(picture, column, row, isPreview, foreign)
    if (look === null) continue
    const from = bin / STRIP_BINS
    const to = (bin + 1) / STRIP_BINS
    const last = runs.at(-1)
    if (last && last.to === from && isSameLook(last.look, look)) {
      runs[runs.length - 1] = { ...last, to }
    } else runs.push({ from, to, look })
  }
  return runs
}

function lookOf(
  picture: Picture,
  column: number,
  row: number,
  isPreview: boolean,
  foreign: ReadonlySet<number>,
): StripLook | null {
  const data = picture.sample.columns[column]
  if (!data) return null
  const storer = picture.storers[column * picture.rowCount + row] ?? NO_STORER
  const writer = data.cells[row] ?? -1
  if (writer === -1) return null
  if ((data.unloadedBlocks?.[row] ?? 0) * 2 > (data.dataBlocks[row] ?? 0))
    return { kind: 'unloaded' }
  if (writer < 0) return { kind: 'changed' }
  if (storer === NO_STORER || foreign.has(storer)) return { kind: 'elsewhere' }
  if (!isPreview) return { kind: 'stored', storer }
  const isGone = (data.releasedBlocks[row] ?? 0) * 2 > (data.dataBlocks[row] ?? 0)
  return { kind: isGone ? 'released' : 'stays' }
}

function isSameLook(a: StripLook, b: StripLook): boolean {
  return a.kind === b.kind && (a.kind !== 'stored' || b.kind !== 'stored' || a.storer === b.storer)
}
