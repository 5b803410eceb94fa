import { describe, expect, it } from 'vitest'
import { blockAt, slideWindow, ticksOf, yOf, zoomWindow } from './address-axis.ts'

const GIB_BLOCKS = 2_048
const whole = { firstBlock: 0, blockCount: 15 * GIB_BLOCKS }
const labels = (window: typeof whole, height: number) =>
  ticksOf(window, height).map((tick) => tick.label.replace('\u00a0', ' '))

describe('ticks', () => {
  it('stand at round addresses', () => {
    expect(labels(whole, 472)).toEqual(['0', '5 GiB', '10 GiB', '15 GiB'])
    expect(labels({ firstBlock: 0, blockCount: 40 * GIB_BLOCKS }, 430)).toEqual([
      '0',
      '10 GiB',
      '20 GiB',
      '30 GiB',
      '40 GiB',
    ])
  })

  it('name the ends where nothing is in their way', () => {
    expect(labels({ firstBlock: 0, blockCount: 14 * GIB_BLOCKS }, 264)).toEqual([
      '0',
      '5 GiB',
      '10 GiB',
      '14 GiB',
    ])
  })

  it('are few in the largest volume and in the smallest', () => {
    expect(labels({ firstBlock: 0, blockCount: 2 ** 27 }, 400).length).toBeLessThan(9)
    expect(labels({ firstBlock: 0, blockCount: 1 }, 400).length).toBeLessThan(9)
  })
})

describe('the window', () => {
  it('zooms about the block under the pointer', () => {
    const about = 6 * GIB_BLOCKS
    const next = zoomWindow(whole, about, 0.5, whole.blockCount)
    expect(next.blockCount).toBe(whole.blockCount / 2)
    expect(yOf(about, next, 400)).toBeCloseTo(yOf(about, whole, 400), 0)
  })

  it('never leaves the volume', () => {
    expect(zoomWindow(whole, 100, 4, whole.blockCount)).toEqual(whole)
    const near = { firstBlock: 0, blockCount: 100 }
    expect(slideWindow(near, -50, 1_000).firstBlock).toBe(0)
    expect(slideWindow(near, 5_000, 1_000).firstBlock).toBe(900)
  })

  it('a place on the screen is a block inside of it', () => {
    expect(blockAt(-5, whole, 400)).toBe(0)
    expect(blockAt(999, whole, 400)).toBe(whole.blockCount - 1)
    expect(blockAt(yOf(77, whole, 400_000), whole, 400_000)).toBe(77)
  })
})
