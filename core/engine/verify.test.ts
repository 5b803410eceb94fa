import {
  closeSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { Delta } from '../blocks/delta.ts'
import { CATALOG_FILE } from '../catalog/database.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { Engine } from './engine.ts'
import { lawProblems, lostBlocks } from './laws.ts'
import { closeLibrary, openLibrary } from './library-folder.ts'
import { blocks, noises, Scene } from './testing/scene.ts'
import { checkManifests } from './verify-manifests.ts'

/** Snapshots A (blocks 0 to 3) and B (block 2 rewritten), each with a segment of its own. */
async function chain() {
  const scene = await Scene.begin({ compression: 'none' })
  const volumeId = await scene.linked(scene.image(noises(0, 1, 2, 3)))
  const a = await scene.snapshot(volumeId)
  const [first] = segments(scene)
  const b = await scene.snapshot(volumeId, { file: scene.image(noises(0, 1, 9, 3)) })
  return { scene, a, b, first: first! }
}

const segments = (scene: Scene) => {
  const folder = join(scene.library, 'regions/local/segments')
  return readdirSync(folder).map((file) => join(folder, file))
}

function flipBit(file: string, at: number): void {
  const fd = openSync(file, 'r+')
  const byte = Buffer.alloc(1)
  readSync(fd, byte, 0, 1, at)
  byte[0]! ^= 1
  writeSync(fd, byte, 0, 1, at)
  closeSync(fd)
}

const reads = (snapshotId: SnapshotId, ...ranges: [firstBlock: number, blockCount: number][]) => ({
  snapshotId,
  ranges: ranges.map(([firstBlock, blockCount]) => ({ firstBlock, blockCount })),
})

test('all is well: every stored block was read', async () => {
  const { scene } = await chain()
  expect(await scene.verify()).toMatchObject({ ok: true, blocksChecked: 5, problems: [] })
})

test('one flipped bit names the file, the place, and who reads it where', async () => {
  const { scene, a, b, first } = await chain()
  // The header, block 0, then into block 1.
  flipBit(first, 4_096 + blocks(1) + 12_345)
  const { ok, problems } = await scene.verify()
  expect(ok).toBe(false)
  expect(problems).toEqual([
    {
      kind: 'block-damaged',
      message: expect.stringContaining(`at byte ${4_096 + blocks(1)}`),
      affected: [reads(a, [1, 1]), reads(b, [1, 1])],
    },
  ])
})

test('a block that only one snapshot reads affects only that one, and only it is not restored', async () => {
  const { scene, a, b, first } = await chain()
  flipBit(first, 4_096 + blocks(2))
  const { problems } = await scene.verify()
  expect(problems.map(({ affected }) => affected)).toEqual([[reads(a, [2, 1])]])
  const target = { snapshotId: a, file: scene.path('a'), sha256: false, overwrite: false }
  expect(await scene.failureOf(scene.engine.restoreToFile(target))).toBe('BLOCK_DAMAGED')
  expect(readdirSync(scene.folder).some((name) => name.includes('partial'))).toBe(false)
  await scene.bytesOf(b)
})

test('a missing segment', async () => {
  const { scene, a, b, first } = await chain()
  rmSync(first)
  const { ok, problems } = await scene.verify()
  expect(ok).toBe(false)
  expect(problems.some(({ kind }) => kind === 'segment-missing')).toBe(true)
  expect(problems.flatMap(({ affected }) => affected)).toEqual([
    reads(a, [0, 4]),
    reads(b, [0, 2], [3, 1]),
  ])
})

test('a segment that was cut off', async () => {
  const { scene, a, b, first } = await chain()
  truncateSync(first, 4_096 + blocks(3) + 100)
  const { problems } = await scene.verify()
  expect(problems.flatMap(({ affected }) => affected)).toEqual([reads(a, [3, 1]), reads(b, [3, 1])])
})

test('a block that the catalog has lost', async () => {
  const { scene, a, b } = await chain()
  await scene.engine.close()
  const nativeBinding = process.env.STRATA_SQLITE_BINDING
  const db = new Sqlite(join(scene.library, CATALOG_FILE), nativeBinding ? { nativeBinding } : {})
  const records = db.prepare('SELECT records FROM block_page').pluck().get() as Buffer
  records.fill(0, 0, 48)
  db.prepare('UPDATE block_page SET records = ?').run(records)
  db.close()
  scene.engine = await Engine.open(scene.library)
  const { ok, problems } = await scene.verify()
  expect(ok).toBe(false)
  expect(problems).toMatchObject([
    { kind: 'block-missing', affected: [reads(a, [0, 1]), reads(b, [0, 1])] },
  ])
})

test('damage in blocks that nobody reads any more troubles nobody', async () => {
  const { scene, a, first } = await chain()
  flipBit(first, 4_096 + blocks(2))
  await scene.remove([a])
  await scene.reclaim()
  expect(await scene.verify()).toMatchObject({ ok: true, blocksChecked: 4 })
})

test('while the blocks of many snapshots are looked up, others come to their turn', async () => {
  const scene = await Scene.begin({ vault: { passphrase: () => 'correct horse', cost: 1_024 } })
  await scene.engine.createVolume({ name: 'sealed', sizeBytes: blocks(1), encrypted: true })
  await scene.snapshot(await scene.managed(blocks(1)))
  await scene.engine.close()
  const library = openLibrary(scene.library, {}, () => {})
  const many = Delta.of([{ kind: 'data', start: 0, end: 1_000, firstBlockId: 1 }])
  vi.spyOn(library, 'deltaOf').mockReturnValue(many)
  for (const check of [
    (signal: AbortSignal) => checkManifests(library, signal),
    (signal: AbortSignal) => lostBlocks(library, signal),
    (signal: AbortSignal) => lawProblems(library, false, signal),
  ]) {
    const cancelled = new AbortController()
    setImmediate(() => cancelled.abort())
    await expect(check(cancelled.signal)).rejects.toThrow('aborted')
  }
  closeLibrary(library)
})
