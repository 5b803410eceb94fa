import { describe, expect, test } from 'vitest'
import { BLOCK_BYTES } from '../contract/units.ts'
import { Random } from '../lineage/testing/random.ts'
import { planSegments, type SegmentUse } from './reclaim.ts'
import { aligned, SEGMENT_HEADER_BYTES } from './segment-format.ts'

const SEED = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)

/** A segment of 1 to 127 blocks of which some live, and some of the dead were punched out. */
function randomSegment(random: Random, segmentId: number): SegmentUse {
  const live: [number, number][] = []
  const liveShare = random.pick([0, 0.1, 0.5, 0.9, 1])
  const isPunched = random.chance(0.3)
  let bytes = SEGMENT_HEADER_BYTES
  let allocatedBytes = SEGMENT_HEADER_BYTES
  for (let i = 1 + random.below(127); i > 0; i--) {
    const length = random.chance(0.5) ? BLOCK_BYTES : 1 + random.below(BLOCK_BYTES)
    const isLive = random.chance(liveShare)
    if (isLive) live.push([bytes, length])
    if (isLive || !isPunched) allocatedBytes += aligned(length)
    bytes += aligned(length)
  }
  return { segmentId, bytes, allocatedBytes, live: random.shuffle(live) }
}

describe('a plan', () => {
  test('never loses a live byte, and never rewrites more than twice what that frees', () => {
    for (let round = 0; round < 150; round++) {
      const random = new Random(SEED + round)
      const segments = Array.from({ length: random.below(20) }, (_, i) => randomSegment(random, i))
      const canPunch = random.chance(0.5)
      const plan = planSegments(segments, canPunch)
      const where = `STRATA_SEED=${SEED + round}`
      const named = [...plan.unlink, ...plan.repack, ...plan.punch.map((p) => p.segmentId)]
      expect(new Set(named).size, where).toBe(named.length)
      expect(plan.unlink, where).toEqual(
        segments.filter(({ live }) => live.length === 0).map(({ segmentId }) => segmentId),
      )
      let rewritten = 0
      let freedByRepacking = 0
      for (const id of plan.repack) {
        const needed = neededBytes(segments[id]!)
        rewritten += needed - SEGMENT_HEADER_BYTES
        freedByRepacking += segments[id]!.allocatedBytes - needed
        expect(needed * 2, where).toBeLessThan(segments[id]!.bytes)
      }
      expect(plan.rewrittenBytes, where).toBe(rewritten)
      expect(rewritten, where).toBeLessThanOrEqual(2 * freedByRepacking)
      if (!canPunch) expect(plan.punch, where).toEqual([])
      for (const { segmentId, ranges } of plan.punch) expectHarmless(segments[segmentId]!, ranges)
    }
  })

  test('frees all that is dead when it can punch', () => {
    for (let round = 0; round < 100; round++) {
      const random = new Random(SEED + round)
      const segments = Array.from({ length: 10 }, (_, i) => randomSegment(random, i))
      const { freedBytes } = planSegments(segments, true)
      const dead = segments.reduce((sum, segment) => {
        const needed = segment.live.length === 0 ? 0 : neededBytes(segment)
        return sum + segment.allocatedBytes - needed
      }, 0)
      // What stays is less than the least a punch is made for, in each segment.
      expect(dead - freedBytes).toBeLessThanOrEqual(segments.length * 64 * 1024)
    }
  })

  test('has nothing to do once it was carried out', () => {
    const whole: SegmentUse = {
      segmentId: 1,
      bytes: SEGMENT_HEADER_BYTES + 10 * BLOCK_BYTES,
      allocatedBytes: SEGMENT_HEADER_BYTES + 8 * BLOCK_BYTES + 4_096,
      live: Array.from({ length: 8 }, (_, i) => [
        SEGMENT_HEADER_BYTES + i * BLOCK_BYTES,
        BLOCK_BYTES,
      ]),
    }
    const nothing = { unlink: [], punch: [], repack: [], freedBytes: 0, rewrittenBytes: 0 }
    expect(planSegments([whole], true)).toEqual(nothing)
    expect(planSegments([], true)).toEqual(nothing)
  })

  test('starts at most 2,048 punches, those that give most first', () => {
    const striped = (segmentId: number, deadBytes: number): SegmentUse => {
      const step = deadBytes + BLOCK_BYTES
      return {
        segmentId,
        bytes: SEGMENT_HEADER_BYTES + 60 * step,
        allocatedBytes: SEGMENT_HEADER_BYTES + 60 * step,
        live: Array.from({ length: 60 }, (_, i) => [SEGMENT_HEADER_BYTES + i * step, BLOCK_BYTES]),
      }
    }
    const segments = Array.from({ length: 60 }, (_, i) => striped(i, i === 59 ? 65_536 : 32_768))
    const { punch } = planSegments(segments, true)
    expect(punch.reduce((sum, { ranges }) => sum + ranges.length, 0)).toBeLessThanOrEqual(2_048)
    expect(punch[0]!.segmentId).toBe(59)
  })
})

function neededBytes({ live }: SegmentUse): number {
  return SEGMENT_HEADER_BYTES + live.reduce((sum, [, length]) => sum + aligned(length), 0)
}

function expectHarmless(segment: SegmentUse, ranges: readonly (readonly [number, number])[]): void {
  for (const [offset, length] of ranges) {
    const isAligned = offset % 4_096 === 0 && length % 4_096 === 0 && length > 0
    const isInside = offset >= SEGMENT_HEADER_BYTES && offset + length <= segment.bytes
    const isDead = segment.live.every(([from, bytes]) => {
      return from + bytes <= offset || from >= offset + length
    })
    expect({ isAligned, isInside, isDead }).toEqual({
      isAligned: true,
      isInside: true,
      isDead: true,
    })
  }
}
