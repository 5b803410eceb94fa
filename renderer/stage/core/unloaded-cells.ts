import type { BlockRange } from '../../../core/contract/ids.ts'
import type { Picture } from './picture.ts'

/** How much of a cell of the live volume has not been loaded yet. */
export type UnloadedCell = {
  readonly blocks: number
  /** All blocks of the cell, loaded, written or neither. */
  readonly ofBlocks: number
  /** Rows of the picture that reach beyond the cell count by their share. */
  readonly isExact: boolean
}

/** Rows of the live volume one after another of which the same share has not been loaded. */
export type UnloadedRun = {
  readonly firstBlock: number
  readonly endBlock: number
  readonly blocks: number
  /** 0 to 1, 0 not included. */
  readonly share: number
}

/** null where all of the volume's live state is loaded, or the picture has none. */
export function unloadedRows({ sample }: Picture): Uint32Array | null {
  const head = sample.columns.at(-1)
  return head?.snapshotId === null ? head.unloadedBlocks : null
}

/** null where nothing of the cell is still to be loaded. */
export function unloadedCell(
  picture: Picture,
  { firstBlock, blockCount }: BlockRange,
): UnloadedCell | null {
  const unloaded = unloadedRows(picture)
  if (unloaded === null) return null
  const { rowStarts } = picture.sample
  const endBlock = firstBlock + blockCount
  let blocks = 0
  let isExact = true
  for (let row = 0; row < picture.rowCount && rowStarts[row]! < endBlock; row++) {
    const [start, end] = [rowStarts[row]!, rowStarts[row + 1]!]
    const inside = Math.min(end, endBlock) - Math.max(start, firstBlock)
    const missing = unloaded[row]!
    if (inside <= 0 || missing === 0) continue
    const share = inside / (end - start)
    if (share < 1 && missing < end - start) isExact = false
    blocks += missing * share
  }
  return blocks === 0 ? null : { blocks: Math.ceil(blocks), ofBlocks: blockCount, isExact }
}

/** From the lowest address; what is loaded lies between them. */
export function unloadedRuns(picture: Picture): readonly UnloadedRun[] {
  const unloaded = unloadedRows(picture)
  if (unloaded === null) return []
  const { rowStarts } = picture.sample
  const runs: UnloadedRun[] = []
  for (let row = 0; row < picture.rowCount; row++) {
    const [firstBlock, endBlock] = [rowStarts[row]!, rowStarts[row + 1]!]
    const blocks = unloaded[row]!
    if (blocks === 0) continue
    const share = blocks / (endBlock - firstBlock)
    const last = runs.at(-1)
    if (last?.endBlock === firstBlock && last.share === share) {
      runs[runs.length - 1] = { ...last, endBlock, blocks: last.blocks + blocks }
    } else runs.push({ firstBlock, endBlock, blocks, share })
  }
  return runs
}

type Stretch = { readonly firstBlock: number; readonly endBlock: number }

/** The longest stretch of some blocks of the live volume of which all is there; it may be empty. */
export function loadedStretch(picture: Picture, { firstBlock, endBlock }: Stretch): Stretch {
  let longest = { firstBlock, endBlock: firstBlock }
  const end = { firstBlock: endBlock, endBlock }
  let from = firstBlock
  for (const run of [...unloadedRuns(picture), end]) {
    const to = Math.min(run.firstBlock, endBlock)
    if (to - from > longest.endBlock - longest.firstBlock)
      longest = { firstBlock: from, endBlock: to }
    from = Math.max(from, run.endBlock)
  }
  return longest
}
