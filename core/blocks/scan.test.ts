import { createHash } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { BLOCK_BYTES } from '../contract/model.ts'
import { openImage } from '../images/image-file.ts'
import { type IndexSet, indexSet, runsOf, span } from '../lineage/index-set.ts'
import { Random } from '../lineage/testing/random.ts'
import { type BlockContent, blockBytes, makeImage, patternOf } from '../testing/make-image.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { canCompress } from './compression.ts'
import { readBlock } from './read.ts'
import { type ParentBlocks, type ScanInput, type ScanResult, scanBlocks } from './scan.ts'
import { SEGMENT_NAME } from './segment-format.ts'

vi.setConfig({ testTimeout: 30_000 })

const SEED = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)

type Bench = { image: string; segmentsDir: string }

function bench(blocks: readonly BlockContent[], sizeBytes?: number): Bench {
  const segmentsDir = tempFolder()
  const image = join(tempFolder(), 'disk.img')
  makeImage(image, blocks, sizeBytes)
  return { image, segmentsDir }
}

async function scan(at: Bench, options: Partial<ScanInput> = {}): Promise<ScanResult> {
  const image = openImage(at.image)
  try {
    return await scanBlocks({
      path: image.path,
      stamp: image.stamp,
      sizeBytes: image.stamp.sizeBytes,
      indices: span(0, Math.ceil(image.stamp.sizeBytes / BLOCK_BYTES)),
      zeros: 'hole',
      parent: null,
      segmentsDir: at.segmentsDir,
      compression: 'none',
      signal: new AbortController().signal,
      onProgress: () => {},
      ...options,
    })
  } finally {
    image.close()
  }
}

/** What a scan says of each block, in words; nothing for the unchanged. */
function verdicts(result: ScanResult): Map<number, string> {
  const out = new Map<number, string>()
  for (const [start, end] of runsOf(result.holes)) {
    for (let i = start; i < end; i++) out.set(i, 'hole')
  }
  for (const { start, end, pattern } of result.fills) {
    for (let i = start; i < end; i++) out.set(i, `fill ${pattern.toString('hex')}`)
  }
  for (let i = 0; i < result.blocks.count; i++) {
    out.set(result.blocks.indexOf(i), `data ${result.blocks.sha256Of(i).toString('hex')}`)
  }
  return new Map([...out].sort((a, b) => a[0] - b[0]))
}

/** The same by reading everything naively. */
function expected(
  image: string,
  zeros: ScanInput['zeros'],
  indices: IndexSet,
  parent: readonly BlockContent[] | null,
): Map<number, string> {
  const bytes = readFileSync(image)
  const out = new Map<number, string>()
  for (const [start, end] of runsOf(indices)) {
    for (let i = start; i < end; i++) {
      const block = Buffer.alloc(BLOCK_BYTES)
      bytes.copy(block, 0, i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES)
      const now = verdictOf(block, zeros)
      const before = parent?.[i]
      const isUnwritten = before === undefined || before.kind === 'hole'
      const then = isUnwritten ? 'hole' : verdictOf(blockBytes(before), zeros)
      if (now !== then) out.set(i, now)
    }
  }
  return out
}

function verdictOf(block: Buffer, zeros: ScanInput['zeros']): string {
  const pattern = block.subarray(0, 16)
  const isFill = block.equals(Buffer.alloc(BLOCK_BYTES, pattern))
  const isZero = isFill && pattern.equals(Buffer.alloc(16))
  if (isZero && zeros === 'hole') return 'hole'
  if (isFill) return `fill ${pattern.toString('hex')}`
  return `data ${sha256(block).toString('hex')}`
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** A parent snapshot that holds exactly these blocks. */
function parentOf(blocks: readonly BlockContent[], zeros: ScanInput['zeros']): ParentBlocks {
  return (start, end, states, digests) => {
    expect(states.length).toBe(end - start)
    for (let i = start; i < end; i++) {
      const content = blocks[i]
      if (!content || content.kind === 'hole') continue
      const verdict = verdictOf(blockBytes(content), zeros)
      const [kind, hex] = verdict.split(' ')
      if (kind === 'hole') continue
      states[i - start] = kind === 'data' ? 1 : 2
      digests.set(Buffer.from(hex!, 'hex'), (i - start) * 32)
    }
  }
}

function randomBlocks(random: Random, count: number): BlockContent[] {
  return Array.from({ length: count }, () => randomBlock(random))
}

function randomBlock(random: Random): BlockContent {
  const seed = random.below(3)
  return random.pick<BlockContent>([
    { kind: 'hole' },
    { kind: 'zeros' },
    { kind: 'noise', seed },
    { kind: 'text', seed },
    { kind: 'fill', byte: seed },
  ])
}

describe('against reading naively', () => {
  test('random images, all parents and kinds of zeros, odd sizes, parts', async () => {
    for (let round = 0; round < 12; round++) {
      const random = new Random(SEED + round)
      const blocks = randomBlocks(random, 1 + random.below(30))
      const cut = random.chance(0.5) ? random.below(BLOCK_BYTES - 1) : 0
      const sizeBytes = blocks.length * BLOCK_BYTES - cut
      const at = bench(blocks, sizeBytes)
      const zeros = random.pick<ScanInput['zeros']>(['hole', 'fill'])
      const before = random.chance(0.7)
        ? blocks.map((block) => (random.chance(0.5) ? block : randomBlock(random)))
        : null
      const indices = random.chance(0.5)
        ? span(0, blocks.length)
        : indexSet(random.some([...blocks.keys()], 0.5).map((i) => [i, i + 1]))
      const compression = random.pick<ScanInput['compression']>(['zstd', 'none'])
      const parent = before && parentOf(before, zeros)
      const result = await scan(at, { zeros, parent, indices, compression })
      const found = verdicts(result)
      expect(found, `STRATA_SEED=${SEED + round}`).toEqual(
        expected(at.image, zeros, indices, before),
      )
      await expectStored(at, result)
    }
  })
})

/** Every stored block reads back as it is in the image, and the files are what they should be. */
async function expectStored(at: Bench, { blocks, segments }: ScanResult): Promise<void> {
  const bytes = readFileSync(at.image)
  const ids = segments.map((_, i) => 100 + i)
  expect(readdirSync(at.segmentsDir).sort()).toEqual(segments.map(({ file }) => file).sort())
  for (const { file, bytes: length } of segments) {
    expect(file).toMatch(SEGMENT_NAME)
    const segment = readFileSync(join(at.segmentsDir, file))
    expect(segment.length).toBe(length)
    expect(segment.subarray(0, 12)).toEqual(Buffer.from('STRATSEG\x01\0\0\0', 'latin1'))
  }
  const into = Buffer.alloc(BLOCK_BYTES)
  for (let i = 0; i < blocks.count; i++) {
    const record = blocks.recordOf(i, 7_000 + i, ids)
    expect(record.blockId).toBe(7_000 + i)
    expect(record.offset % 4_096).toBe(0)
    const { file } = segments[record.segmentId - 100]!
    await readBlock(record, join(at.segmentsDir, file), into)
    const block = Buffer.alloc(BLOCK_BYTES)
    const index = blocks.indexOf(i)
    bytes.copy(block, 0, index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES)
    expect(into.equals(block)).toBe(true)
  }
}

describe('what is stored', () => {
  test('many threads write many segments of at most 64 MiB', async () => {
    const blocks = Array.from({ length: 270 }, (_, seed) => ({ kind: 'noise' as const, seed }))
    const at = bench(blocks)
    const progress: number[] = []
    const result = await scan(at, { onProgress: (bytes) => progress.push(bytes) })
    expect(result.blocks.count).toBe(270)
    expect([...result.blocks.runs()]).toEqual([{ start: 0, end: 270, first: 0 }])
    expect(result.segments.length).toBeGreaterThanOrEqual(3)
    for (const { bytes } of result.segments) expect(bytes).toBeLessThanOrEqual(64 * 2 ** 20)
    expect(result.readBytes).toBe(270 * BLOCK_BYTES)
    expect(result.hashedBlocks).toBe(270)
    expect(progress.at(-1)).toBe(270 * BLOCK_BYTES)
    await expectStored(at, result)
  })

  test('nothing changed: no segment, nothing to say', async () => {
    const blocks = randomBlocks(new Random(3), 20)
    const at = bench(blocks)
    const result = await scan(at, { parent: parentOf(blocks, 'hole') })
    expect(verdicts(result).size).toBe(0)
    expect(readdirSync(at.segmentsDir)).toEqual([])
  })

  test('runs of fills are joined, and a fill that only begins like one is data', async () => {
    const odd = Buffer.alloc(BLOCK_BYTES, patternOf(1))
    odd[BLOCK_BYTES - 1]! ^= 1
    const at = bench(Array.from({ length: 6 }, () => ({ kind: 'fill' as const, byte: 1 })))
    const fd = openSync(at.image, 'r+')
    writeSync(fd, odd, 0, BLOCK_BYTES, 4 * BLOCK_BYTES)
    closeSync(fd)
    const result = await scan(at)
    expect(result.fills).toEqual([
      { start: 0, end: 4, pattern: patternOf(1) },
      { start: 5, end: 6, pattern: patternOf(1) },
    ])
    expect(result.blocks.indexOf(0)).toBe(4)
  })

  test.runIf(canCompress)('compressed where it saves (needs zstd in node:zlib)', async () => {
    const at = bench([
      { kind: 'text', seed: 1 },
      { kind: 'noise', seed: 1 },
    ])
    const { blocks, segments } = await scan(at, { compression: 'zstd' })
    expect(blocks.recordOf(0, 0, [0])).toMatchObject({ encoding: 'zstd' })
    expect(blocks.recordOf(1, 0, [0])).toMatchObject({ encoding: 'raw', length: BLOCK_BYTES })
    expect(segments[0]!.bytes).toBeLessThan(BLOCK_BYTES * 1.5)
  })

  test.skipIf(canCompress)('stored raw where the runtime has no zstd', async () => {
    const at = bench([{ kind: 'text', seed: 1 }])
    const { blocks } = await scan(at, { compression: 'zstd' })
    expect(blocks.recordOf(0, 0, [0])).toMatchObject({ encoding: 'raw' })
  })

  test('a hole as large as a volume can be costs no segment', async () => {
    const at = bench([], 0)
    truncateSync(at.image, 3 * 2 ** 40)
    const far = 3 * 2 ** 21 - 5
    const fd = openSync(at.image, 'r+')
    writeSync(fd, Buffer.from('here'), 0, 4, far * BLOCK_BYTES + 1_000)
    closeSync(fd)
    const result = await scan(at, {
      indices: indexSet([
        [0, 9],
        [far - 100, far + 5],
      ]),
    })
    expect([...result.blocks.runs()]).toEqual([{ start: far, end: far + 1, first: 0 }])
  })
})

describe('nothing is left when it fails', () => {
  const many = () => bench(Array.from({ length: 70 }, (_, seed) => ({ kind: 'noise', seed })))

  test('cancelled before and in between', async () => {
    const at = many()
    await expect(scan(at, { signal: AbortSignal.abort('before') })).rejects.toBe('before')
    const controller = new AbortController()
    const parent: ParentBlocks = () => controller.abort('between')
    await expect(scan(at, { parent, signal: controller.signal })).rejects.toBe('between')
    expect(readdirSync(at.segmentsDir)).toEqual([])
  })

  const changes: [string, (path: string) => void, RegExp][] = [
    ['cut', (path) => truncateSync(path, 1_000_000), /shrank to 1000000 bytes/],
    ['grown', (path) => appendFileSync(path, 'more'), /grew/],
    [
      'written',
      (path) => {
        const fd = openSync(path, 'r+')
        writeSync(fd, 'x', 5_000)
        closeSync(fd)
      },
      /written to/,
    ],
  ]
  test.each(changes)('the image is %s meanwhile', async (_, change, message) => {
    const at = many()
    const parent: ParentBlocks = () => change(at.image)
    await expect(scan(at, { parent })).rejects.toMatchObject({
      code: 'IMAGE_CHANGED',
      message: expect.stringMatching(message),
    })
    expect(readdirSync(at.segmentsDir)).toEqual([])
  })

  test('the parent cannot be read', async () => {
    const at = many()
    const parent: ParentBlocks = () => {
      throw new Error('no parent')
    }
    await expect(scan(at, { parent })).rejects.toThrow('no parent')
    expect(readdirSync(at.segmentsDir)).toEqual([])
  })

  test('the folder of the segments is not there', async () => {
    const at = many()
    const segmentsDir = join(at.segmentsDir, 'none')
    await expect(scan(at, { segmentsDir })).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' })
  })

  test('a scan after a failed one is as good as any', async () => {
    const at = many()
    await expect(scan(at, { segmentsDir: '/nowhere' })).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
    })
    expect((await scan(at)).blocks.count).toBe(70)
  })

  test('the image is a link by then', async () => {
    const at = many()
    const link = join(tempFolder(), 'link.img')
    symlinkSync(at.image, link)
    await expect(scan(at, { path: link })).rejects.toMatchObject({ code: 'FILE_LINK_LOOP' })
  })

  test('two scans at once do not mix', async () => {
    const one = many()
    const two = bench(randomBlocks(new Random(9), 66))
    const [first, second] = await Promise.all([scan(one), scan(two)])
    expect(first.blocks.count).toBe(70)
    expect(verdicts(second)).toEqual(expected(two.image, 'hole', span(0, 66), null))
    await expectStored(one, first)
    await expectStored(two, second)
  })

  test('a write just before a scan does not hide one during it', async () => {
    const at = many()
    const image = openImage(at.image)
    onTestFinished(() => image.close())
    writeFileSync(at.image, 'x', { flag: 'r+' })
    const parent: ParentBlocks = () => writeFileSync(at.image, 'y', { flag: 'r+' })
    await expect(scan(at, { parent })).rejects.toMatchObject({ code: 'IMAGE_CHANGED' })
    expect(statSync(at.image).size).toBe(70 * BLOCK_BYTES)
  })
})
