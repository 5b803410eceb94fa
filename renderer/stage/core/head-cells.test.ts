import { describe, expect, it } from 'vitest'
import { blocksIn, blocksOfCell, cellsBetween, joinRanges } from './head-cells.ts'

describe('cells of the live volume', () => {
  it('are whole powers of two, and high enough to be hit', () => {
    const blocks = blocksOfCell({ firstBlock: 0, blockCount: 30_720 }, 472)
    expect(Math.log2(blocks) % 1).toBe(0)
    expect((472 * blocks) / 30_720).toBeGreaterThanOrEqual(8)
  })

  it('a stretch covers both of its ends, whichever way it was drawn', () => {
    expect(cellsBetween(700, 100, 512, 10_000)).toEqual({ firstBlock: 0, blockCount: 1_024 })
    expect(cellsBetween(100, 700, 512, 10_000)).toEqual({ firstBlock: 0, blockCount: 1_024 })
  })

  it('never reaches past the end of the volume', () => {
    expect(cellsBetween(900, 990, 512, 1_000)).toEqual({ firstBlock: 512, blockCount: 488 })
  })

  it('stretches that touch become one, and no block is counted twice', () => {
    const joined = joinRanges([
      { firstBlock: 20, blockCount: 10 },
      { firstBlock: 0, blockCount: 10 },
      { firstBlock: 8, blockCount: 4 },
    ])
    expect(joined).toEqual([
      { firstBlock: 0, blockCount: 12 },
      { firstBlock: 20, blockCount: 10 },
    ])
    expect(blocksIn(joined)).toBe(22)
  })
})
