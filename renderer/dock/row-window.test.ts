import { expect, it } from 'vitest'
import { rowWindow } from './row-window.ts'

it('few rows are all there', () => {
  expect(rowWindow(0, 30)).toEqual({ from: 0, to: 30 })
})

it.each([0, 24, 2_399, 12_000, 23_500])(
  'of a thousand, those around %i pixels are',
  (scrollTop) => {
    const { from, to } = rowWindow(scrollTop, 1_000)
    const first = Math.floor(scrollTop / 24)
    expect(from).toBeLessThanOrEqual(first)
    expect(to).toBeGreaterThanOrEqual(Math.min(1_000, first + 80))
    expect(to - from).toBeLessThanOrEqual(140)
  },
)

it('a pixel more changes nothing', () => {
  expect(rowWindow(1_201, 1_000)).toEqual(rowWindow(1_200, 1_000))
})
