import { isDeepStrictEqual } from 'node:util'
import Sqlite from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { BlockRecord } from '../blocks/block-record.ts'
import { Random } from '../lineage/testing/random.ts'
import { noise } from '../testing/make-image.ts'
import { Blocks } from './blocks.ts'
import { migrate } from './migrate.ts'

function table() {
  const nativeBinding = process.env.STRATA_SQLITE_BINDING
  const db = new Sqlite(':memory:', nativeBinding ? { nativeBinding } : {})
  onTestFinished(() => void db.close())
  migrate(db, 'lab')
  const pageCount = () => db.prepare('SELECT count(*) FROM block_page').pluck().get()
  return { db, blocks: new Blocks(db), pageCount }
}

const record = (blockId: number, offset = blockId * 4_096): BlockRecord => ({
  blockId,
  sha256: noise(blockId, 32),
  segmentId: (blockId % 7) + 1,
  offset: offset % 2 ** 26,
  length: 524_288 - (blockId % 100),
  encoding: blockId % 2 === 0 ? 'raw' : 'zstd',
})
const ids = (from: number, end: number) => Array.from({ length: end - from }, (_, i) => from + i)

describe('records of stored blocks', () => {
  test('come back as they were put, across pages, in order of their ids', () => {
    const { blocks } = table()
    blocks.put(ids(1_000, 3_100).map((id) => record(id)))
    expect(blocks.get(999)).toBeUndefined()
    expect(blocks.get(3_100)).toBeUndefined()
    expect(blocks.get(1_023)).toEqual(record(1_023))
    expect([...blocks.range(1_020, 2_060)]).toEqual(ids(1_020, 2_060).map((id) => record(id)))
  })

  test('that are removed are gone; a page without any takes no row', () => {
    const { blocks, pageCount } = table()
    blocks.put(ids(0, 2_048).map((id) => record(id)))
    expect(pageCount()).toBe(2)
    blocks.remove(ids(0, 1_024))
    expect(pageCount()).toBe(1)
    expect(blocks.get(5)).toBeUndefined()
    blocks.remove(ids(1_024, 2_047))
    expect([...blocks.range(0, 10_000)]).toEqual([record(2_047)])
  })

  test('tell what sealed ones are sealed with, and nothing of others or of those that are gone', () => {
    const { blocks } = table()
    const sealed = (blockId: number, dataKey: number): BlockRecord => ({
      ...record(blockId),
      ...{ encoding: 'sealed', seal: { dataKey, identity: noise(blockId, 32) } },
    })
    blocks.put([record(0), sealed(1_020, 7), sealed(1_021, 8), sealed(1_023, 9)])
    blocks.put([record(1_024), sealed(1_025, 3), sealed(1_026, 3), sealed(1_030, 4)])
    blocks.remove([1_021])
    const found = (first: number, end: number) =>
      [...blocks.dataKeysIn(first, end)].map((numbers) => [...numbers])
    expect(found(0, 5_000)).toEqual([[7, 9], [3, 4], [], [], []])
    expect(found(1_021, 1_030)).toEqual([[9], [3]])
  })

  test('read again after a transaction that was rolled back are as before', () => {
    const { db, blocks } = table()
    blocks.put([record(1)])
    expect(blocks.get(1)).toEqual(record(1))
    const failing = db.transaction(() => {
      blocks.put([record(1, 9 * 4_096)])
      expect(blocks.get(1)?.offset).toBe(9 * 4_096)
      throw new Error('no')
    })
    expect(failing).toThrow('no')
    blocks.forgetCache()
    expect(blocks.get(1)).toEqual(record(1))
  })

  test('are as in a plain map after many changes, more pages than are kept in memory', () => {
    const { blocks } = table()
    const random = new Random(7)
    const expected = new Map<number, BlockRecord>()
    for (let round = 0; round < 60; round += 1) {
      const first = random.below(300_000)
      const some = ids(first, first + 1 + random.below(1_500))
      if (random.chance(0.6)) {
        const records = some.map((id) => record(id, random.below(16_000) * 4_096))
        blocks.put(records)
        for (const one of records) expected.set(one.blockId, one)
      } else {
        blocks.remove(some)
        for (const id of some) expected.delete(id)
      }
    }
    const found = [...blocks.range(0, 400_000)]
    expect(found.length).toBe(expected.size)
    const wrong = found.filter((one) => !isDeepStrictEqual(one, expected.get(one.blockId)))
    expect(wrong).toEqual([])
  })
})
