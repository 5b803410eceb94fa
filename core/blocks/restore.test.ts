import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { BLOCK_BYTES } from '../contract/model.ts'
import { openImage } from '../images/image-file.ts'
import { span } from '../lineage/index-set.ts'
import { Random } from '../lineage/testing/random.ts'
import { type BlockContent, makeImage } from '../testing/make-image.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import type { BlockRecord } from './block-record.ts'
import { checkBlocks, type Damage } from './check.ts'
import { canCompress } from './compression.ts'
import { type RestoreRun, type WriteInput, writeImage } from './restore.ts'
import { scanBlocks } from './scan.ts'

vi.setConfig({ testTimeout: 30_000 })

const SEED = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)
const isRoot = process.getuid?.() === 0

/** An image, stored: what is needed to write it again. */
type Stored = {
  image: string
  sizeBytes: number
  runs: RestoreRun[]
  records: BlockRecord[]
  segmentFile: (segmentId: number) => string
}

async function store(blocks: readonly BlockContent[], sizeBytes?: number): Promise<Stored> {
  const path = join(tempFolder(), 'disk.img')
  makeImage(path, blocks, sizeBytes)
  const segmentsDir = tempFolder()
  const image = openImage(path)
  onTestFinished(() => image.close())
  const result = await scanBlocks({
    path: image.path,
    stamp: image.stamp,
    sizeBytes: image.stamp.sizeBytes,
    indices: span(0, blocks.length),
    zeros: 'hole',
    parent: null,
    segmentsDir,
    compression: 'zstd',
    signal: new AbortController().signal,
    onProgress: () => {},
  })
  const ids = result.segments.map((_, i) => i)
  const records = Array.from({ length: result.blocks.count }, (_, i) =>
    result.blocks.recordOf(i, 50 + i, ids),
  )
  const runs: RestoreRun[] = result.fills.map((fill) => ({ kind: 'fill', ...fill }))
  for (const { start, end, first } of result.blocks.runs()) {
    runs.push({ kind: 'data', start, end, records: records.slice(first, first + end - start) })
  }
  runs.sort((a, b) => a.start - b.start)
  const segmentFile = (id: number) => join(segmentsDir, result.segments[id]!.file)
  return { image: path, sizeBytes: image.stamp.sizeBytes, runs, records, segmentFile }
}

function restore(stored: Stored, target: string, options: Partial<WriteInput> = {}) {
  return writeImage({
    target,
    sizeBytes: stored.sizeBytes,
    runs: stored.runs,
    segmentFile: stored.segmentFile,
    replace: false,
    sha256: false,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...options,
  })
}

function someBlocks(count: number, seed = 5): BlockContent[] {
  const random = new Random(seed)
  return Array.from({ length: count }, (_, i) =>
    random.pick<BlockContent>([
      { kind: 'hole' },
      { kind: 'noise', seed: i },
      { kind: 'noise', seed: i },
      { kind: 'text', seed: i },
      { kind: 'fill', byte: i % 5 },
    ]),
  )
}

function flipBit(file: string, offset: number): void {
  const fd = openSync(file, 'r+')
  const byte = readFileSync(file)[offset]!
  writeSync(fd, Buffer.from([byte ^ 0x10]), 0, 1, offset)
  closeSync(fd)
}

function check(stored: Stored, records: Iterable<BlockRecord> = stored.records) {
  return checkBlocks({
    records,
    segmentFile: stored.segmentFile,
    signal: new AbortController().signal,
    onProgress: () => {},
  })
}

describe('a restored image', () => {
  test('is the same, byte for byte, whatever it holds and wherever it ends', async () => {
    for (let round = 0; round < 8; round++) {
      const random = new Random(SEED + round)
      const blocks = someBlocks(1 + random.below(25), random.below(1e6))
      const cut = random.chance(0.6) ? random.below(BLOCK_BYTES - 1) : 0
      const stored = await store(blocks, blocks.length * BLOCK_BYTES - cut)
      const target = join(tempFolder(), 'restored.img')
      const written = await restore(stored, target, { sha256: true })
      const bytes = readFileSync(target)
      expect(bytes.equals(readFileSync(stored.image)), `STRATA_SEED=${SEED + round}`).toBe(true)
      expect(written).toEqual({
        bytesWritten: stored.sizeBytes,
        dataBytes: blocks.filter(({ kind }) => kind !== 'hole').length * BLOCK_BYTES,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })
    }
  })

  test('is sparse where nothing is, also where zeros were written', async () => {
    const zeros: RestoreRun = { kind: 'fill', start: 1, end: 100_000, pattern: Buffer.alloc(16) }
    const stored = await store([{ kind: 'noise', seed: 1 }])
    const target = join(tempFolder(), 'restored.img')
    const sizeBytes = 2 ** 40
    const written = await restore(stored, target, { sizeBytes, runs: [...stored.runs, zeros] })
    expect(written).toEqual({ bytesWritten: sizeBytes, dataBytes: 100_000 * BLOCK_BYTES })
    expect(statSync(target).size).toBe(sizeBytes)
    expect(statSync(target).blocks * 512).toBeLessThan(2 * BLOCK_BYTES)
  })

  test('reports what it has done and uses many threads', async () => {
    const stored = await store(someBlocks(150))
    const progress: number[] = []
    const target = join(tempFolder(), 'restored.img')
    const { dataBytes } = await restore(stored, target, { onProgress: (n) => progress.push(n) })
    expect(progress.at(-1)).toBe(dataBytes)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(readFileSync(target).equals(readFileSync(stored.image))).toBe(true)
  })
})

describe('a file that is there', () => {
  test('is never touched unless that was asked for', async () => {
    const stored = await store(someBlocks(4))
    const folder = tempFolder()
    const target = join(folder, 'precious.img')
    writeFileSync(target, 'precious')
    await expect(restore(stored, target)).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(readFileSync(target, 'utf8')).toBe('precious')
    await restore(stored, target, { replace: true })
    expect(readFileSync(target).equals(readFileSync(stored.image))).toBe(true)
    expect(readdirSync(folder)).toEqual(['precious.img'])
  })

  test('is not touched either when it came while the restore ran', async () => {
    const stored = await store(someBlocks(4))
    const folder = tempFolder()
    const target = join(folder, 'precious.img')
    function* runs() {
      writeFileSync(target, 'precious')
      yield* stored.runs
    }
    await expect(restore(stored, target, { runs: runs() })).rejects.toMatchObject({
      code: 'FILE_EXISTS',
    })
    expect(readFileSync(target, 'utf8')).toBe('precious')
    expect(readdirSync(folder)).toEqual(['precious.img'])
  })
})

describe('nothing is left when it fails', () => {
  test('cancelled', async () => {
    const stored = await store(someBlocks(20))
    const folder = tempFolder()
    const controller = new AbortController()
    function* runs() {
      yield* stored.runs
      controller.abort('enough')
    }
    const failed = restore(stored, join(folder, 'a.img'), {
      runs: runs(),
      sha256: true,
      signal: controller.signal,
    })
    await expect(failed).rejects.toBe('enough')
    expect(readdirSync(folder)).toEqual([])
  })

  test('a damaged block is named with its place and never written', async () => {
    const stored = await store([
      { kind: 'hole' },
      { kind: 'noise', seed: 1 },
      { kind: 'noise', seed: 2 },
    ])
    const damaged = stored.records[1]!
    flipBit(stored.segmentFile(damaged.segmentId), damaged.offset + 1_234)
    const folder = tempFolder()
    await expect(restore(stored, join(folder, 'a.img'))).rejects.toMatchObject({
      code: 'BLOCK_DAMAGED',
      data: { block: 2, offsetBytes: damaged.offset },
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test('a missing segment is named', async () => {
    const stored = await store([{ kind: 'hole' }, { kind: 'noise', seed: 1 }])
    rmSync(stored.segmentFile(0))
    const folder = tempFolder()
    await expect(restore(stored, join(folder, 'a.img'), { sha256: true })).rejects.toMatchObject({
      code: 'SEGMENT_MISSING',
      data: { block: 1 },
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test('no folder, a folder in the place, a folder that may not be written', async () => {
    const stored = await store(someBlocks(3))
    const folder = tempFolder()
    await expect(restore(stored, join(folder, 'no/a.img'))).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringContaining('folder is not there'),
    })
    mkdirSync(join(folder, 'taken'))
    await expect(restore(stored, join(folder, 'taken'), { replace: true })).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
    })
    expect(readdirSync(folder)).toEqual(['taken'])
  })

  test.skipIf(isRoot)('a folder that may not be written (root may write all)', async () => {
    const stored = await store(someBlocks(3))
    const folder = tempFolder()
    chmodSync(folder, 0o500)
    await expect(restore(stored, join(folder, 'a.img'))).rejects.toMatchObject({
      code: 'FILE_NOT_ALLOWED',
    })
  })

  test.runIf(isRoot && process.platform === 'linux')(
    'the disk is full, for segments and for a restore (mounts a tmpfs: needs root)',
    async () => {
      const small = tempFolder()
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', small])
      onTestFinished(() => void execFileSync('umount', [small]))
      const stored = await store(Array.from({ length: 80 }, (_, seed) => ({ kind: 'noise', seed })))
      const target = join(small, 'a.img')
      await expect(restore(stored, target, { sha256: true })).rejects.toMatchObject({
        code: 'DISK_FULL',
        data: { path: target },
      })
      expect(readdirSync(small)).toEqual([])
      const image = openImage(stored.image)
      const scanning = scanBlocks({
        path: image.path,
        stamp: image.stamp,
        sizeBytes: stored.sizeBytes,
        indices: span(0, 80),
        zeros: 'hole',
        parent: null,
        segmentsDir: small,
        compression: 'none',
        signal: new AbortController().signal,
        onProgress: () => {},
      })
      await expect(scanning).rejects.toMatchObject({ code: 'DISK_FULL' })
      image.close()
      expect(readdirSync(small)).toEqual([])
    },
  )
})

describe('checking', () => {
  test('finds nothing in what is whole', async () => {
    const stored = await store(someBlocks(150))
    expect(await check(stored)).toEqual({ checked: stored.records.length, damaged: [] })
    expect(await check(stored, [])).toEqual({ checked: 0, damaged: [] })
  })

  test('finds each flipped bit, and only that block', async () => {
    const stored = await store(someBlocks(20))
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
    const stored = await store(Array.from({ length: 20 }, (_, seed) => ({ kind: 'noise', seed })))
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
    const stored = await store(someBlocks(20))
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

test.runIf(canCompress)('compressed blocks were among those tested', async () => {
  const stored = await store(someBlocks(20))
  expect(stored.records.some(({ encoding }) => encoding === 'zstd')).toBe(true)
})
