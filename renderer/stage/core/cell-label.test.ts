import { describe, expect, it } from 'vitest'
import { formatBytes, formatBytesShort } from '../../words/byte-format.ts'
import { chainPicture, GIB_BLOCKS, noQuestion } from '../testing/chain.ts'
import { bandsOf, bridgesOf } from './bands.ts'
import { cellLabel } from './cell-label.ts'
import { fitting } from './paint-words.ts'
import { tonesOf } from './tones.ts'

/** The longest wording of each line of each band of a column, spaces made plain. */
function wordsOf(of: { dead?: string; doomed?: string }, column: number, height = 100) {
  const { picture, columns } = chainPicture(of)
  const doomed = new Set([...(of.doomed ?? '')].map((c) => columns.indexOf(c.toUpperCase())))
  const view = { ...noQuestion, isPreview: doomed.size > 0, doomed }
  const labelled = { picture, view, names: columns, volumeBlocks: 15 * GIB_BLOCKS }
  return bandsOf(picture, tonesOf(picture, view), column).map((band) =>
    cellLabel(labelled, column, band, height).map(([words]) => words.replaceAll('\u00a0', ' ')),
  )
}

describe('words in cells', () => {
  it('say the size, who stores it and who else holds it', () => {
    expect(wordsOf({}, 1)).toEqual([
      ['6 GiB', 'borrowed from A', 'also held by A and C'],
      ['4 GiB', 'stored here', 'also held by C'],
      ['never written, 5 GiB'],
    ])
    expect(wordsOf({}, 0)[1]).toEqual(['4 GiB', 'stored here', 'only A holds it'])
  })

  it('are fewer in a lower cell, and none where there is no room', () => {
    expect(wordsOf({}, 1, 50)[1]).toEqual(['4 GiB', 'stored here, also in C'])
    expect(wordsOf({}, 1, 30)[0]).toEqual(['6 GiB, borrowed from A'])
    expect(wordsOf({}, 1, 10)).toEqual([[], [], []])
  })

  it('tell inherited blocks from written ones', () => {
    expect(wordsOf({ dead: 'a' }, 0)).toEqual([
      ['6 GiB', 'inherited, stored here', 'also held by C'],
      ['4 GiB', 'stored here', 'also held by C'],
      ['never written, 5 GiB'],
    ])
  })

  it('count released bytes once: 4 and 2, not 4, 4 and 2', () => {
    expect(wordsOf({ doomed: 'bc' }, 1)[1]).toEqual(['4 GiB released', 'stored here'])
    expect(wordsOf({ doomed: 'bc' }, 2)[1]).toEqual(['the same 4 GiB', 'stored by B'])
    expect(wordsOf({ doomed: 'bc' }, 2)[2]).toEqual(['2 GiB released', 'stored here'])
    expect(wordsOf({ doomed: 'bc' }, 0)[0]).toEqual(['6 GiB stay', 'stored here'])
  })

  it('say to whom blocks pass', () => {
    expect(wordsOf({ doomed: 'b' }, 1)[1]).toEqual(['4 GiB stay', 'pass to C'])
    expect(wordsOf({ doomed: 'b' }, 2)[1]).toEqual(['4 GiB pass to here', 'stored by B'])
  })
})

it("of another account's the size is told, and nothing of who stores it", () => {
  const { picture, columns } = chainPicture()
  const view = { ...noQuestion, foreign: new Set([1]) }
  const labelled = { picture, view, names: columns, volumeBlocks: 15 * GIB_BLOCKS }
  const [band] = bandsOf(picture, tonesOf(picture, view), 1)
  expect(cellLabel(labelled, 1, band!, 100).map(([words]) => words)).toEqual([
    '6\u00a0GiB',
    'shared with you',
  ])
})

describe('words in narrow cells', () => {
  const ctx = { measureText: (text: string) => ({ width: text.length * 7 }) as TextMetrics }
  const size = 20.5 * 2 ** 20
  const wordings = ['from thursday', 'borrowed'] as const

  it('give up a decimal or a name, and are left out rather than cut', () => {
    const sizes = [formatBytes(size), formatBytesShort(size)] as const
    expect(fitting(ctx, sizes, 60)).toBe('20.5\u00a0MiB')
    expect(fitting(ctx, sizes, 50)).toBe('21\u00a0MiB')
    expect(fitting(ctx, sizes, 30)).toBeNull()
    expect(fitting(ctx, wordings, 60)).toBe('borrowed')
  })

  it.each([100, 50, 30])('every line of a cell %d high has a wording of 10 letters', (height) => {
    const { picture } = chainPicture()
    const names = ['long name of A', 'long name of B', 'long name of C']
    for (const doomed of [[], [1], [1, 2]]) {
      const view = { ...noQuestion, isPreview: doomed.length > 0, doomed: new Set(doomed) }
      const labelled = { picture, view, names, volumeBlocks: 15 * GIB_BLOCKS }
      for (const column of [0, 1, 2]) {
        for (const band of bandsOf(picture, tonesOf(picture, view), column)) {
          const shortest = cellLabel(labelled, column, band, height).map((line) => line.at(-1))
          for (const words of shortest) expect(words?.length).toBeLessThanOrEqual(10)
        }
      }
    }
  })
})

it('a band that goes on outside of the picture is not told as whole', () => {
  const { picture, columns } = chainPicture()
  const labelled = { picture, view: noQuestion, names: columns, volumeBlocks: 99 * GIB_BLOCKS }
  const bands = bandsOf(picture, tonesOf(picture, noQuestion), 0)
  const words = bands.map((band) => cellLabel(labelled, 0, band, 100)[0]?.[0])
  expect(words.map((text) => text?.replaceAll('\u00a0', ' '))).toEqual([
    '6 GiB',
    '4 GiB',
    'never written, 5 GiB in view',
  ])
})

describe('bridges', () => {
  it('reach to the next column where it reads the same blocks, and nowhere else', () => {
    const { picture } = chainPicture()
    const bands = bandsOf(picture, tonesOf(picture, noQuestion), 0)
    const bridges = bands.flatMap((band) => bridgesOf(picture, band, 1))
    expect(bridges).toEqual([{ firstBlock: 0, endBlock: 6 * GIB_BLOCKS }])
  })
})
