import { describe, expect, it } from 'vitest'
import { laneKeyOf } from '../../state/lanes.ts'
import { GIB, library, web } from '../../state/library-example.ts'
import { nearestBar, timeStripOf } from './time-strip.ts'

const { snapshots } = library()
const generations = new Map(snapshots.map((s, index) => [s.snapshotId, index]))
const strip = timeStripOf(snapshots, generations, laneKeyOf(web), 600)

describe('the strip of time', () => {
  it('places snapshots to scale, the first at the left end and the last at the right', () => {
    const [a, b, c] = strip.bars.map((bar) => bar.x)
    expect(a).toBeLessThan(10)
    expect(c).toBeGreaterThan(590)
    expect(b! - a!).toBeCloseTo(c! - b!)
  })

  it('the second most added is as high as the most: one giant does not press the rest flat', () => {
    const [a, b, c] = strip.bars.map((bar) => bar.height)
    expect(a).toBe(b)
    expect(c).toBeCloseTo(b! * Math.sqrt(2 / 4))
  })

  it('a snapshot that added nothing can still be seen', () => {
    const idle = snapshots.map((s) => ({ ...s, addedBytes: s.name === 'A' ? GIB : 0 }))
    expect(timeStripOf(idle, generations, laneKeyOf(web), 600).bars[2]?.height).toBe(2)
  })

  it('finds the nearest snapshot', () => {
    expect(nearestBar(strip, -40)?.id).toBe(snapshots[0]?.snapshotId)
    expect(nearestBar(strip, 310)?.id).toBe(snapshots[1]?.snapshotId)
    expect(nearestBar(timeStripOf([], generations, laneKeyOf(web), 600), 5)).toBeUndefined()
  })

  it('all snapshots at one instant do not divide by nothing', () => {
    const at = snapshots.map((s) => ({ ...s, startedAt: 5 }))
    expect(timeStripOf(at, generations, laneKeyOf(web), 600).bars.every((b) => b.x >= 0)).toBe(true)
  })
})
