import { describe, expect, it } from 'vitest'
import { bandsOf, releasedCells } from './bands.ts'
import { EXAMPLE, EXAMPLE_CELL_GIB } from './example-maps.ts'

describe('the picture of the example', () => {
  it.each([
    [[0], 4],
    [[1], 0],
    [[2], 2],
    [[0, 1], 4],
    [[0, 2], 6],
    [[1, 2], 6],
    [[0, 1, 2], 16],
  ])('deleting %j frees %i GiB', (doomed, gib) => {
    expect(releasedCells(EXAMPLE, doomed) * EXAMPLE_CELL_GIB).toBe(gib)
  })

  it('has one band for each writer and fate', () => {
    const [a, b, c] = bandsOf(EXAMPLE)
    expect(a?.map((band) => [band.cellCount, band.isBorn, band.continues])).toEqual([
      [3, true, true],
      [2, true, false],
    ])
    expect(b?.map((band) => [band.cellCount, band.writer, band.continues])).toEqual([
      [3, 0, true],
      [2, 1, true],
    ])
    expect(c?.map((band) => band.isBorn)).toEqual([false, false, true])
  })
})
