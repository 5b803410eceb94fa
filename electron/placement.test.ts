import { describe, expect, it } from 'vitest'
import { displaySetOf, placeWindow } from './placement.ts'

const laptop = { workArea: { x: 0, y: 25, width: 1_600, height: 975 } }
const desk = { workArea: { x: 1_600, y: 0, width: 2_560, height: 1_440 } }
const at = (x: number, y: number, width = 1_200, height = 800) => ({
  x,
  y,
  width,
  height,
  isMaximized: false,
})

describe('the place of the window', () => {
  it('is the middle of the first display at first', () => {
    expect(placeWindow(undefined, [laptop, desk])).toEqual({
      x: 80,
      y: 62,
      width: 1_440,
      height: 900,
    })
  })

  it('is where it was', () => {
    expect(placeWindow(at(1_700, 100), [laptop, desk])).toEqual({
      x: 1_700,
      y: 100,
      width: 1_200,
      height: 800,
    })
  })

  it.each([
    ['above and left of all displays', at(-5_000, -900), { x: 0, y: 25 }],
    ['where a display is no more', at(9_000, 3_000), { x: 400, y: 200 }],
    ['partly out of its display', at(700, 500), { x: 400, y: 200 }],
  ])('is moved into the display when it was %s', (_what, place, expected) => {
    expect(placeWindow(place, [laptop])).toMatchObject(expected)
  })

  it('stays on the display that showed most of it', () => {
    expect(placeWindow(at(1_500, 100), [laptop, desk]).x).toBe(1_600)
  })

  it('is no larger than its display, and no smaller than can be used', () => {
    expect(placeWindow(at(0, 25, 5_000, 5_000), [laptop])).toEqual({ ...laptop.workArea })
    expect(placeWindow(at(0, 25, 100, 100), [laptop])).toMatchObject({ width: 960, height: 640 })
  })

  it('is remembered for a set of displays, in whatever order the system lists them', () => {
    expect(displaySetOf([laptop, desk])).toBe(displaySetOf([desk, laptop]))
    expect(displaySetOf([laptop, desk])).not.toBe(displaySetOf([laptop]))
  })
})
