import { describe, expect, it } from 'vitest'
import type { Palette } from '../palette.ts'
import { chainPicture, noQuestion, tonesDown } from '../testing/chain.ts'
import {
  DIMMED,
  EMPTY,
  FOREIGN,
  HEIR,
  LIVE,
  LIVE_CHANGED,
  NEUTRAL,
  NEW,
  OWNER,
  PLAIN,
  RELEASED,
  STAY,
  SURVIVAL,
  toneColours,
} from './tones.ts'

const [A, B, C] = [OWNER + 1, OWNER + 3, OWNER + 5]

describe('who stores what', () => {
  it('every column has the colours of those who store its blocks', () => {
    const { picture } = chainPicture()
    expect(tonesDown(picture, noQuestion, 'a')).toEqual([A, EMPTY])
    expect(tonesDown(picture, noQuestion, 'b')).toEqual([A, B, EMPTY])
    expect(tonesDown(picture, noQuestion, 'c')).toEqual([A, B, C, EMPTY])
  })

  it('the live volume is pale, what it changed is not', () => {
    const { picture } = chainPicture()
    expect(tonesDown(picture, noQuestion, 'head')).toEqual([
      LIVE_CHANGED,
      LIVE + 1,
      LIVE + 3,
      LIVE + 5,
      EMPTY,
    ])
  })

  it('blocks of a deleted snapshot have the colour of the oldest that reads them', () => {
    const { picture } = chainPicture({ dead: 'a' })
    const view = { ...noQuestion, generationOfColumn: [1, 3] }
    expect(tonesDown(picture, view, 'b')).toEqual([OWNER + 1, EMPTY])
    expect(tonesDown(picture, view, 'c')).toEqual([OWNER + 1, OWNER + 3, EMPTY])
  })

  it('what only a snapshot in the bin stores has nobody’s colour in the live volume', () => {
    const { picture } = chainPicture({ dead: 'c' })
    const live = [LIVE_CHANGED, LIVE + 1, LIVE + 3, NEUTRAL, EMPTY]
    expect(tonesDown(picture, noQuestion, 'head')).toEqual(live)
  })

  it('what the one pointed at does not hold is dimmed', () => {
    const { picture } = chainPicture()
    expect(tonesDown(picture, noQuestion, 'a', [1])).toEqual([A, A + DIMMED, EMPTY])
    expect(tonesDown(picture, noQuestion, 'c', [1])).toEqual([A, B, C + DIMMED, EMPTY])
    expect(tonesDown(picture, noQuestion, 'c', [1, 2])).toEqual([A, B, C, EMPTY])
  })
})

it.each(['owner', 'changed', 'survival', 'state'] as const)(
  'another account is told nothing by %s',
  (mode) => {
    const { picture } = chainPicture()
    const view = { ...noQuestion, mode, foreign: new Set([1]) }
    expect(tonesDown(picture, view, 'b')).toEqual([FOREIGN, EMPTY])
  },
)

it('with high contrast, what is dimmed has next to no colour of its own', () => {
  const grey = Object.fromEntries(
    [
      'panel',
      'raise',
      'hair',
      'line',
      'text',
      'sec',
      'fill',
      'rel',
      'stay',
      'new',
      'heir',
      'focus',
    ].map((token) => [token, '#777777']),
  ) as Omit<Palette, 'canvas' | 'isDark' | 'isHighContrast' | 'generations'>
  const plain = { ...grey, canvas: '#ffffff', generations: ['#000000'], isDark: false }
  const dimmedBlack = (isHighContrast: boolean) =>
    toneColours({ ...plain, isHighContrast })[DIMMED + OWNER]
  expect(dimmedBlack(false)).toBe('#b3b3b3')
  expect(dimmedBlack(true)).toBe('#d6d6d6')
})

describe('a deletion previewed', () => {
  const preview = (doomed: string, columns: readonly number[]) => ({
    picture: chainPicture({ doomed }).picture,
    view: { ...noQuestion, isPreview: true, doomed: new Set(columns) },
  })

  it('of B and C: what both hold goes, what A holds stays', () => {
    const { picture, view } = preview('bc', [1, 2])
    expect(tonesDown(picture, view, 'a')).toEqual([STAY, EMPTY])
    expect(tonesDown(picture, view, 'b')).toEqual([STAY, RELEASED, EMPTY])
    expect(tonesDown(picture, view, 'c')).toEqual([STAY, RELEASED, EMPTY])
  })

  it('of B alone: nothing goes, and its 4 GiB pass to C', () => {
    const { picture, view } = preview('b', [1])
    expect(tonesDown(picture, view, 'b')).toEqual([STAY, EMPTY])
    expect(tonesDown(picture, view, 'c')).toEqual([STAY, HEIR, STAY, EMPTY])
  })

  it('leaves the live volume out of the question', () => {
    const { picture, view } = preview('bc', [1, 2])
    expect(tonesDown(picture, view, 'head')).toEqual([NEUTRAL, EMPTY])
  })
})

describe('other modes', () => {
  it('changed: only what a snapshot wrote itself', () => {
    const { picture } = chainPicture()
    const view = { ...noQuestion, mode: 'changed' as const }
    expect(tonesDown(picture, view, 'a')).toEqual([NEW, EMPTY])
    expect(tonesDown(picture, view, 'b')).toEqual([PLAIN, NEW, EMPTY])
    expect(tonesDown(picture, view, 'head')).toEqual([NEW, PLAIN, EMPTY])
  })

  it('survival: from held by one to held by all', () => {
    const { picture } = chainPicture()
    const view = { ...noQuestion, mode: 'survival' as const }
    expect(tonesDown(picture, view, 'a')).toEqual([SURVIVAL + 5, SURVIVAL, EMPTY])
    expect(tonesDown(picture, view, 'c')).toEqual([SURVIVAL + 5, SURVIVAL + 3, SURVIVAL, EMPTY])
  })

  it('state without a question: what goes with each alone', () => {
    const { picture } = chainPicture()
    const view = { ...noQuestion, mode: 'state' as const }
    expect(tonesDown(picture, view, 'a')).toEqual([STAY, RELEASED, EMPTY])
    expect(tonesDown(picture, view, 'b')).toEqual([STAY, EMPTY])
    expect(tonesDown(picture, view, 'c')).toEqual([STAY, RELEASED, EMPTY])
  })
})
