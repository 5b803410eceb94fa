import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { BLOCK_BYTES } from '../contract/model.ts'
import { openImage } from '../images/image-file.ts'
import { span } from '../lineage/index-set.ts'
import { Random } from '../lineage/testing/random.ts'
import { type BlockContent, makeImage } from '../testing/make-image.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import type { BlockRecord } from './block-record.ts'
import { checkBlocks } from './check.ts'
import { allocatedBytesOf, canPunchHoles, punchHoles } from './punch.ts'
import { planSegments, type SegmentUse } from './reclaim.ts'
import { repack } from './repack.ts'
import { scanBlocks } from './scan.ts'
import { aligned, SEGMENT_HEADER_BYTES } from './segment-format.ts'

vi.setConfig({ testTimeout: 30_000 })

const SEED = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)
const signal = new AbortController().signal

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

type Stored = { segmentsDir: string; records: BlockRecord[]; file: (segmentId: number) => string }

async function store(blocks: readonly BlockContent[]): Promise<Stored> {
  const path = join(tempFolder(), 'disk.img')
  makeImage(path, blocks)
  const segmentsDir = tempFolder()
  const image = openImage(path)
  onTestFinished(() => image.close())
  const { blocks: stored, segments } = await scanBlocks({
    path: image.path,
    stamp: image.stamp,
    sizeBytes: image.stamp.sizeBytes,
    indices: span(0, blocks.length),
    zeros: 'hole',
    parent: null,
    segmentsDir,
    compression: 'zstd',
    signal,
    onProgress: () => {},
  })
  const ids = segments.map((_, i) => i)
  return {
    segmentsDir,
    records: Array.from({ length: stored.count }, (_, i) => stored.recordOf(i, i, ids)),
    file: (id) => join(segmentsDir, segments[id]!.file),
  }
}

function mixed(count: number): BlockContent[] {
  return Array.from({ length: count }, (_, seed) => {
    return seed % 3 === 0 ? { kind: 'text', seed } : { kind: 'noise', seed }
  })
}

async function damagedIn(records: readonly BlockRecord[], file: (id: number) => string) {
  const input = { records, segmentFile: file, signal, onProgress: () => {} }
  return (await checkBlocks(input)).damaged
}

const canPunch = await canPunchHoles('/tmp')

describe.runIf(canPunch)('punching (needs fallocate and a file system that can)', () => {
  test('gives back what is dead and nothing that lives', async () => {
    const { records, file } = await store(mixed(30))
    const live = records.filter((_, i) => i % 4 !== 1)
    const use: SegmentUse = {
      segmentId: 0,
      bytes: statSync(file(0)).size,
      allocatedBytes: allocatedBytesOf(file(0)),
      live: live.map(({ offset, length }) => [offset, length]),
    }
    const plan = planSegments([use], true)
    expect(plan.punch.length).toBe(1)
    const freed = await punchHoles(file(0), plan.punch[0]!.ranges, signal)
    expect(freed).toBeGreaterThan(plan.freedBytes * 0.95)
    expect(allocatedBytesOf(file(0))).toBeLessThan(use.allocatedBytes - plan.freedBytes * 0.95)
    expect(statSync(file(0)).size).toBe(use.bytes)
    expect(await damagedIn(live, file)).toEqual([])
    expect((await damagedIn(records, file)).length).toBe(records.length - live.length)
    const again = planSegments([{ ...use, allocatedBytes: allocatedBytesOf(file(0)) }], true)
    expect(again.punch).toEqual([])
  })

  test('stops when cancelled', async () => {
    const { file } = await store(mixed(3))
    const cancelled = AbortSignal.abort('enough')
    await expect(punchHoles(file(0), [[4_096, 4_096]], cancelled)).rejects.toBe('enough')
  })
})

test('a folder that is not there cannot be punched in', async () => {
  await expect(canPunchHoles('/nowhere')).rejects.toThrow(/ENOENT/)
})

describe('repacking', () => {
  test('copies what lives, as it is, into synced segments', async () => {
    const { segmentsDir, records, file } = await store(mixed(140))
    const live = records.filter((_, i) => i % 5 === 0)
    const ids = [...new Set(live.map(({ segmentId }) => segmentId))]
    const sources = ids.map((segmentId) => {
      return { segmentId, records: live.filter((record) => record.segmentId === segmentId) }
    })
    const progress: number[] = []
    const result = await repack({
      sources,
      segmentFile: file,
      segmentsDir,
      signal,
      onProgress: (bytes) => progress.push(bytes),
    })
    expect(result.emptied.sort()).toEqual(ids.sort())
    expect(result.damaged).toEqual([])
    expect(progress.at(-1)).toBe(live.length * BLOCK_BYTES)
    const placeOf = new Map(result.moves.map((move) => [move.blockId, move]))
    expect(placeOf.size).toBe(live.length)
    const moved = live.map((record): BlockRecord => {
      const { segment, offset } = placeOf.get(record.blockId)!
      return { ...record, segmentId: segment, offset }
    })
    const newFile = (segment: number) => join(segmentsDir, result.segments[segment]!.file)
    expect(await damagedIn(moved, newFile)).toEqual([])
    for (const { file: name, bytes } of result.segments) {
      expect(statSync(join(segmentsDir, name)).size).toBe(bytes)
    }
    for (const id of ids) expect(existsSync(file(id))).toBe(true)
  })

  test('leaves a segment with a damaged block alone, and moves the others', async () => {
    const { segmentsDir, records, file } = await store(mixed(140))
    const ids = [...new Set(records.map(({ segmentId }) => segmentId))]
    expect(ids.length).toBeGreaterThan(1)
    const sources = ids.map((segmentId) => {
      return { segmentId, records: records.filter((record) => record.segmentId === segmentId) }
    })
    const wrong = sources[0]!.records[1]!
    sources[0]!.records[1] = { ...wrong, sha256: Buffer.alloc(32) }
    const input = { sources, segmentFile: file, segmentsDir, signal, onProgress: () => {} }
    const result = await repack(input)
    expect(result.damaged).toEqual([ids[0]])
    expect(result.emptied.sort()).toEqual(ids.slice(1).sort())
    const movedIds = new Set(result.moves.map(({ blockId }) => blockId))
    expect(sources[0]!.records.some(({ blockId }) => movedIds.has(blockId))).toBe(false)
  })

  test('cancelled, it leaves nothing new', async () => {
    const { segmentsDir, records, file } = await store(mixed(20))
    const before = readdirSync(segmentsDir)
    const controller = new AbortController()
    const repacking = repack({
      sources: [{ segmentId: 0, records }],
      segmentFile: (id) => {
        controller.abort('enough')
        return file(id)
      },
      segmentsDir,
      signal: controller.signal,
      onProgress: () => {},
    })
    await expect(repacking).rejects.toBe('enough')
    expect(readdirSync(segmentsDir)).toEqual(before)
    expect(readFileSync(file(0)).length).toBeGreaterThan(BLOCK_BYTES)
  })
})
