import { expect, it } from 'vitest'
import { layoutLanes } from './lane-layout.ts'

const cards = {
  columns: [
    {
      id: null,
      kind: 'now',
      laneKey: null,
      region: null,
      shape: 'card',
      x: 8,
      width: 172,
    } as const,
  ],
  shape: 'card' as const,
  contentWidth: 200,
}

it('one lane has room for all figures', () => {
  expect(layoutLanes(1, cards, 716)).toMatchObject({ boxHeight: 120, tops: [28], height: 176 })
})

it('wide cards are high enough for every figure, where the stage is', () => {
  const wide = { ...cards, columns: cards.columns.map((c) => ({ ...c, width: 264 })) }
  expect(layoutLanes(1, wide, 716).boxHeight).toBe(204)
  expect(layoutLanes(1, wide, 440).boxHeight).toBe(120)
})

it('boxes get lower before lanes have to be scrolled', () => {
  expect(layoutLanes(2, cards, 716).boxHeight).toBe(120)
  expect(layoutLanes(2, cards, 620).boxHeight).toBe(92)
  expect(layoutLanes(2, cards, 440).boxHeight).toBe(60)
  const almost = layoutLanes(3, cards, 540)
  expect(almost.height, 'no card is cut at its foot').toBe(almost.contentHeight)
  const many = layoutLanes(9, cards, 500)
  expect(many.height).toBe(250)
  expect(many.contentHeight).toBeGreaterThan(many.height)
})
