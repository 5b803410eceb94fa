import { holdersOf, NO_STORER, type Picture } from './picture.ts'

/** Neighbouring rows of one column with the same storer, the same holders and the same look. */
export type Band = {
  readonly firstRow: number
  /** Not included. */
  readonly endRow: number
  readonly firstBlock: number
  readonly endBlock: number
  readonly tone: number
  /** Index into the sample's writers, UNWRITTEN or CHANGED. */
  readonly writer: number
  /** The column that stores it, or NO_STORER. */
  readonly storer: number
  /** Of the snapshot named by `storer`; all blocks of the band where the sample is exact. */
  readonly dataBlocks: number
  readonly releasedBlocks: number
}

/** The bands of a column from the lowest address, without gaps. */
export function bandsOf(picture: Picture, tones: Uint8Array, column: number): readonly Band[] {
  const { rowCount } = picture
  const bands: Band[] = []
  for (let row = 0; row < rowCount; ) {
    let end = row + 1
    while (end < rowCount && isSame(picture, tones, column, row, end)) end++
    bands.push(bandOf(picture, tones, column, row, end))
    row = end
  }
  return bands
}

/** The part of `band` in a stretch that begins and ends with rows of the picture. */
export function partOfBand(
  picture: Picture,
  column: number,
  band: Band,
  stretch: Pick<Band, 'firstBlock' | 'endBlock'>,
): Band {
  const { rowStarts } = picture.sample
  let { firstRow, endRow } = band
  while (firstRow < endRow && rowStarts[firstRow]! < stretch.firstBlock) firstRow++
  while (firstRow < endRow && rowStarts[endRow]! > stretch.endBlock) endRow--
  return { ...band, ...stretch, firstRow, endRow, ...sumsOf(picture, column, firstRow, endRow) }
}

/** Parts of `band` that the next column shown reads as well: the same blocks, still there. */
export function bridgesOf(
  picture: Picture,
  band: Band,
  nextColumn: number,
): readonly { firstBlock: number; endBlock: number }[] {
  const { sample } = picture
  const next = sample.columns[nextColumn]
  if (!next || band.writer < 0) return []
  const bridges: { firstBlock: number; endBlock: number }[] = []
  for (let row = band.firstRow; row < band.endRow; row++) {
    if (next.cells[row] !== band.writer) continue
    const firstBlock = sample.rowStarts[row] ?? 0
    const endBlock = sample.rowStarts[row + 1] ?? firstBlock
    const last = bridges.at(-1)
    if (last?.endBlock === firstBlock) last.endBlock = endBlock
    else bridges.push({ firstBlock, endBlock })
  }
  return bridges
}

/** The columns, other than `column` itself, of snapshots that hold the band. */
export function otherHoldersOf(picture: Picture, column: number, band: Band): readonly number[] {
  return holdersOf(picture, column, band.firstRow).filter((holder) => holder !== column)
}

function isSame(picture: Picture, tones: Uint8Array, column: number, a: number, b: number) {
  const cells = picture.sample.columns[column]?.cells
  const [cellA, cellB] = [column * picture.rowCount + a, column * picture.rowCount + b]
  return (
    cells?.[a] === cells?.[b] &&
    tones[cellA] === tones[cellB] &&
    picture.storers[cellA] === picture.storers[cellB] &&
    picture.holderKeys[cellA] === picture.holderKeys[cellB]
  )
}

function bandOf(
  picture: Picture,
  tones: Uint8Array,
  column: number,
  firstRow: number,
  endRow: number,
): Band {
  const { sample, rowCount, storers } = picture
  return {
    firstRow,
    endRow,
    firstBlock: sample.rowStarts[firstRow] ?? 0,
    endBlock: sample.rowStarts[endRow] ?? 0,
    tone: tones[column * rowCount + firstRow] ?? 0,
    writer: sample.columns[column]?.cells[firstRow] ?? -1,
    storer: storers[column * rowCount + firstRow] ?? NO_STORER,
    ...sumsOf(picture, column, firstRow, endRow),
  }
}

function sumsOf(
  { sample }: Picture,
  column: number,
  firstRow: number,
  endRow: number,
): Pick<Band, 'dataBlocks' | 'releasedBlocks'> {
  const data = sample.columns[column]
  let dataBlocks = 0
  let releasedBlocks = 0
  for (let row = firstRow; row < endRow; row++) {
    dataBlocks += data?.majorityBlocks[row] ?? 0
    releasedBlocks += data?.releasedBlocks[row] ?? 0
  }
  return { dataBlocks, releasedBlocks }
}
