import type { BlockRange } from '../../../core/contract/ids.ts'
import type { BlockWindow } from './address-axis.ts'
import type { Scene } from './scene.ts'

type CellsOf = Pick<Scene, 'window' | 'height' | 'picture'>

/** Cells lower than this cannot be hit. */
const CELL_HEIGHT_MIN = 8

/** How many blocks one cell of the head's strip stands for: a power of two. */
export function blocksOfCell(window: BlockWindow, height: number): number {
  const most = Math.max(1, Math.floor(height / CELL_HEIGHT_MIN))
  let blocks = 1
  while (window.blockCount / blocks > most) blocks *= 2
  return blocks
}

/** The cell of the head's strip that a block is in. */
export function cellAt({ window, height, picture }: CellsOf, block: number): BlockRange {
  const end = picture.sample.rowStarts[picture.rowCount] ?? 0
  return cellsBetween(block, block, blocksOfCell(window, height), end)
}

/** The cells from one block's to another's, both included, cut off at the end of the volume. */
export function cellsBetween(
  from: number,
  to: number,
  cellBlocks: number,
  volumeBlocks: number,
): BlockRange {
  const firstBlock = Math.floor(Math.min(from, to) / cellBlocks) * cellBlocks
  const end = (Math.floor(Math.max(from, to) / cellBlocks) + 1) * cellBlocks
  return { firstBlock, blockCount: Math.min(end, volumeBlocks) - firstBlock }
}

/** Ranges in order, those that touch joined. */
export function joinRanges(ranges: readonly BlockRange[]): BlockRange[] {
  const joined: BlockRange[] = []
  for (const range of [...ranges].sort((a, b) => a.firstBlock - b.firstBlock)) {
    const last = joined.at(-1)
    if (last && range.firstBlock <= last.firstBlock + last.blockCount) {
      const end = Math.max(last.firstBlock + last.blockCount, range.firstBlock + range.blockCount)
      last.blockCount = end - last.firstBlock
    } else joined.push({ ...range })
  }
  return joined
}

export function blocksIn(ranges: readonly BlockRange[]): number {
  return ranges.reduce((sum, range) => sum + range.blockCount, 0)
}
