import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { BLOCK_BYTES } from '../contract/units.ts'
import { mixedBlocks } from '../testing/make-image.ts'
import { damageIn, storeImage } from '../testing/store-image.ts'
import type { BlockRecord } from './block-record.ts'
import { allocatedBytesOf, canPunchHoles, punchHoles } from './punch.ts'
import { planSegments, type SegmentUse } from './reclaim.ts'
import { repack } from './repack.ts'

vi.setConfig({ testTimeout: 30_000 })

const signal = new AbortController().signal
const canPunch = await canPunchHoles('/tmp')

describe.runIf(canPunch)('punching (needs fallocate and a file system that can)', () => {
  test('gives back what is dead and nothing that lives', async () => {
    const { records, segmentFile: file } = await storeImage(mixedBlocks(30))
    const live = records.filter((_, i) => i % 4 !== 1)
    const use: SegmentUse = {
      segmentId: 0,
      bytes: statSync(file(0)).size,
      allocatedBytes: allocatedBytesOf(file(0)),
      live: live.map(({ offset, length }) => [offset, length]),
    }
    const plan = planSegments([use], true)
    expect(plan.punch.length).toBe(1)
    const { freedBytes: freed, isWhole } = await punchHoles(file(0), plan.punch[0]!.ranges, signal)
    expect(isWhole).toBe(true)
    expect(freed).toBeGreaterThan(plan.freedBytes * 0.95)
    expect(allocatedBytesOf(file(0))).toBeLessThan(use.allocatedBytes - plan.freedBytes * 0.95)
    expect(statSync(file(0)).size).toBe(use.bytes)
    expect(await damageIn(live, file)).toEqual([])
    expect((await damageIn(records, file)).length).toBe(records.length - live.length)
    const again = planSegments([{ ...use, allocatedBytes: allocatedBytesOf(file(0)) }], true)
    expect(again.punch).toEqual([])
  })

  test('stops when cancelled', async () => {
    const { segmentFile: file } = await storeImage(mixedBlocks(3))
    const cancelled = AbortSignal.abort('enough')
    await expect(punchHoles(file(0), [[4_096, 4_096]], cancelled)).rejects.toBe('enough')
  })
})

test('a folder that is not there cannot be punched in', async () => {
  await expect(canPunchHoles('/nowhere')).rejects.toThrow(/ENOENT/)
})

describe('repacking', () => {
  test('copies what lives, as it is, into synced segments', async () => {
    const { segmentsDir, records, segmentFile: file } = await storeImage(mixedBlocks(140))
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
    expect(await damageIn(moved, newFile)).toEqual([])
    for (const { file: name, bytes } of result.segments) {
      expect(statSync(join(segmentsDir, name)).size).toBe(bytes)
    }
    for (const id of ids) expect(existsSync(file(id))).toBe(true)
  })

  test('leaves a segment with a damaged block alone, and moves the others', async () => {
    const { segmentsDir, records, segmentFile: file } = await storeImage(mixedBlocks(140))
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
    const { segmentsDir, records, segmentFile: file } = await storeImage(mixedBlocks(20))
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
