import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { flipBit, mixedBlocks } from '../testing/make-image.ts'
import { noiseBlocks, type StoredImage, storeImage } from '../testing/store-image.ts'
import type { BlockRecord } from './block-record.ts'
import { checkBlocks, type Damage } from './check.ts'

vi.setConfig({ testTimeout: 30_000 })

function check(stored: StoredImage, records: Iterable<BlockRecord> = stored.records) {
  return checkBlocks({
    records,
    segmentFile: stored.segmentFile,
    signal: new AbortController().signal,
    onProgress: () => {},
  })
}

describe('checking', () => {
  test('finds nothing in what is whole', async () => {
    const stored = await storeImage(mixedBlocks(150))
    expect(await check(stored)).toEqual({ checked: stored.records.length, damaged: [] })
    expect(await check(stored, [])).toEqual({ checked: 0, damaged: [] })
  })

  test('finds each flipped bit, and only that block', async () => {
    const stored = await storeImage(mixedBlocks(20))
    for (const record of stored.records) {
      const file = stored.segmentFile(record.segmentId)
      const offset = record.offset + Math.floor(record.length * 0.7)
      flipBit(file, offset)
      const { damaged } = await check(stored)
      expect(damaged.map(({ blockId }) => blockId)).toEqual([record.blockId])
      expect(['hash', 'undecodable']).toContain(damaged[0]!.reason)
      flipBit(file, offset)
    }
  })

  test('tells a short segment from a missing one, and goes on', async () => {
    const stored = await storeImage(noiseBlocks(20))
    const file = stored.segmentFile(0)
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, stored.records[12]!.offset + 100))
    const short = await check(stored)
    const expected = (reason: string, from: number): Partial<Damage>[] =>
      stored.records.slice(from).map(({ blockId, offset }) => {
        return { blockId, offset, segmentId: 0, reason: reason as Damage['reason'] }
      })
    expect(short).toEqual({ checked: 20, damaged: expected('short', 12) })
    rmSync(file)
    expect(await check(stored)).toEqual({ checked: 20, damaged: expected('missing-segment', 0) })
  })

  test('can be cancelled', async () => {
    const stored = await storeImage(mixedBlocks(20))
    const controller = new AbortController()
    function* records() {
      yield* stored.records
      controller.abort('enough')
    }
    const checking = checkBlocks({
      records: records(),
      segmentFile: stored.segmentFile,
      signal: controller.signal,
      onProgress: () => {},
    })
    await expect(checking).rejects.toBe('enough')
  })
})
