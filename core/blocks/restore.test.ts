import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { BLOCK_BYTES } from '../contract/units.ts'
import { Random } from '../lineage/testing/random.ts'
import { flipBit, mixedBlocks } from '../testing/make-image.ts'
import { noiseBlocks, type StoredImage, scanImage, storeImage } from '../testing/store-image.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { canCompress } from './compression.ts'
import { type RestoreRun, type WriteInput, writeImage } from './restore.ts'

vi.setConfig({ testTimeout: 30_000 })

const SEED = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)
const isRoot = process.getuid?.() === 0

function restoreImage(stored: StoredImage, target: string, options: Partial<WriteInput> = {}) {
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

describe('a restored image', () => {
  test('is the same, byte for byte, whatever it holds and wherever it ends', async () => {
    for (let round = 0; round < 8; round++) {
      const random = new Random(SEED + round)
      const blocks = mixedBlocks(1 + random.below(25), random.below(1e6))
      const cut = random.chance(0.6) ? random.below(BLOCK_BYTES - 1) : 0
      const stored = await storeImage(blocks, blocks.length * BLOCK_BYTES - cut)
      const target = join(tempFolder(), 'restored.img')
      const written = await restoreImage(stored, target, { sha256: true })
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
    const stored = await storeImage([{ kind: 'noise', seed: 1 }])
    const target = join(tempFolder(), 'restored.img')
    const sizeBytes = 2 ** 40
    const written = await restoreImage(stored, target, { sizeBytes, runs: [...stored.runs, zeros] })
    expect(written).toEqual({ bytesWritten: sizeBytes, dataBytes: 100_000 * BLOCK_BYTES })
    expect(statSync(target).size).toBe(sizeBytes)
    expect(statSync(target).blocks * 512).toBeLessThan(2 * BLOCK_BYTES)
  })

  test('reports what it has done and uses many threads', async () => {
    const stored = await storeImage(mixedBlocks(150))
    const progress: number[] = []
    const target = join(tempFolder(), 'restored.img')
    const { dataBytes } = await restoreImage(stored, target, {
      onProgress: (n) => progress.push(n),
    })
    expect(progress.at(-1)).toBe(dataBytes)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(readFileSync(target).equals(readFileSync(stored.image))).toBe(true)
  })
})

describe('a file that is there', () => {
  test('is never touched unless that was asked for', async () => {
    const stored = await storeImage(mixedBlocks(4))
    const folder = tempFolder()
    const target = join(folder, 'precious.img')
    writeFileSync(target, 'precious')
    await expect(restoreImage(stored, target)).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(readFileSync(target, 'utf8')).toBe('precious')
    await restoreImage(stored, target, { replace: true })
    expect(readFileSync(target).equals(readFileSync(stored.image))).toBe(true)
    expect(readdirSync(folder)).toEqual(['precious.img'])
  })

  test('is not touched either when it came while the restore ran', async () => {
    const stored = await storeImage(mixedBlocks(4))
    const folder = tempFolder()
    const target = join(folder, 'precious.img')
    function* runs() {
      writeFileSync(target, 'precious')
      yield* stored.runs
    }
    await expect(restoreImage(stored, target, { runs: runs() })).rejects.toMatchObject({
      code: 'FILE_EXISTS',
    })
    expect(readFileSync(target, 'utf8')).toBe('precious')
    expect(readdirSync(folder)).toEqual(['precious.img'])
  })
})

describe('nothing is left when it fails', () => {
  test('cancelled', async () => {
    const stored = await storeImage(mixedBlocks(20))
    const folder = tempFolder()
    const controller = new AbortController()
    function* runs() {
      yield* stored.runs
      controller.abort('enough')
    }
    const failed = restoreImage(stored, join(folder, 'a.img'), {
      runs: runs(),
      sha256: true,
      signal: controller.signal,
    })
    await expect(failed).rejects.toBe('enough')
    expect(readdirSync(folder)).toEqual([])
  })

  test('a damaged block is named with its place and never written', async () => {
    const stored = await storeImage([
      { kind: 'hole' },
      { kind: 'noise', seed: 1 },
      { kind: 'noise', seed: 2 },
    ])
    const damaged = stored.records[1]!
    flipBit(stored.segmentFile(damaged.segmentId), damaged.offset + 1_234)
    const folder = tempFolder()
    await expect(restoreImage(stored, join(folder, 'a.img'))).rejects.toMatchObject({
      code: 'BLOCK_DAMAGED',
      data: { block: 2, offsetBytes: damaged.offset },
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test('a missing segment is named', async () => {
    const stored = await storeImage([{ kind: 'hole' }, { kind: 'noise', seed: 1 }])
    rmSync(stored.segmentFile(0))
    const folder = tempFolder()
    await expect(
      restoreImage(stored, join(folder, 'a.img'), { sha256: true }),
    ).rejects.toMatchObject({
      code: 'SEGMENT_MISSING',
      data: { block: 1 },
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test('no folder, a folder in the place, a folder that may not be written', async () => {
    const stored = await storeImage(mixedBlocks(3))
    const folder = tempFolder()
    await expect(restoreImage(stored, join(folder, 'no/a.img'))).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringContaining('folder is not there'),
    })
    mkdirSync(join(folder, 'taken'))
    await expect(
      restoreImage(stored, join(folder, 'taken'), { replace: true }),
    ).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
    })
    expect(readdirSync(folder)).toEqual(['taken'])
  })

  test.skipIf(isRoot)('a folder that may not be written (root may write all)', async () => {
    const stored = await storeImage(mixedBlocks(3))
    const folder = tempFolder()
    chmodSync(folder, 0o500)
    await expect(restoreImage(stored, join(folder, 'a.img'))).rejects.toMatchObject({
      code: 'FILE_NOT_ALLOWED',
    })
  })

  test.runIf(isRoot && process.platform === 'linux')(
    'the disk is full, for segments and for a restore (mounts a tmpfs: needs root)',
    async () => {
      const small = tempFolder()
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', small])
      onTestFinished(() => void execFileSync('umount', [small]))
      const stored = await storeImage(noiseBlocks(80))
      const target = join(small, 'a.img')
      await expect(restoreImage(stored, target, { sha256: true })).rejects.toMatchObject({
        code: 'DISK_FULL',
        data: { path: target },
      })
      expect(readdirSync(small)).toEqual([])
      const scanning = scanImage({ image: stored.image, segmentsDir: small })
      await expect(scanning).rejects.toMatchObject({ code: 'DISK_FULL' })
      expect(readdirSync(small)).toEqual([])
    },
  )
})

test.runIf(canCompress)('compressed blocks were among those tested', async () => {
  const stored = await storeImage(mixedBlocks(20))
  expect(stored.records.some(({ encoding }) => encoding === 'zstd')).toBe(true)
})
