import { expect, it } from 'vitest'
import { chainPicture, GIB_BLOCKS } from '../testing/chain.ts'
import { loadedStretch, unloadedCell, unloadedRuns } from './unloaded-cells.ts'

const [from, end] = [2 * GIB_BLOCKS, 5 * GIB_BLOCKS]

it('what a live volume has not loaded yet is one run of the picture, to the block', () => {
  const { picture } = chainPicture({ unloaded: [from, end] })
  expect(unloadedRuns(picture)).toEqual([
    { firstBlock: from, endBlock: end, blocks: end - from, share: 1 },
  ])
  expect(unloadedCell(picture, { firstBlock: from - 8, blockCount: 16 })).toEqual({
    blocks: 8,
    ofBlocks: 16,
    isExact: true,
  })
  expect(unloadedCell(picture, { firstBlock: end, blockCount: 16 })).toBeNull()
  const around = { firstBlock: from - 8, endBlock: end + 16 }
  expect(loadedStretch(picture, around)).toEqual({ firstBlock: end, endBlock: end + 16 })
  const [first, last] = [from + 1, end - 1]
  expect(loadedStretch(picture, { firstBlock: first, endBlock: last }).endBlock).toBe(first)
})

it('where rows are coarser than cells, a cell has its share of them and says so', () => {
  const { picture } = chainPicture({ unloaded: [from, end], maxRows: 4 })
  const rowBlocks = picture.sample.rowStarts[1]!
  const cell = unloadedCell(picture, { firstBlock: 0, blockCount: rowBlocks / 2 })
  expect(cell?.isExact).toBe(false)
  expect(cell?.blocks).toBe(Math.ceil((rowBlocks - from) / 2))
  expect(unloadedCell(picture, { firstBlock: 0, blockCount: rowBlocks })?.isExact).toBe(true)
})

it('a volume that has loaded all of it has no such cells', () => {
  const { picture } = chainPicture()
  expect(unloadedRuns(picture)).toEqual([])
  expect(loadedStretch(picture, { firstBlock: 3, endBlock: 9 })).toEqual({
    firstBlock: 3,
    endBlock: 9,
  })
  expect(unloadedCell(picture, { firstBlock: 0, blockCount: GIB_BLOCKS })).toBeNull()
})
