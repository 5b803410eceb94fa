import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { BLOCK_BYTES } from '../contract/units.ts'
import { type IndexSet, indexSet, runsOf, span } from '../lineage/index-set.ts'
import { Random } from '../lineage/testing/random.ts'
import { type BlockContent, blockBytes, patternOf } from '../testing/make-image.ts'
import { type Bench, damageIn, makeBench, noiseBlocks, scanImage } from '../testing/store-image.ts'
import { canCompress } from './compression.ts'
import type { ParentBlocks, ScanInput, ScanResult } from './scan.ts'
import { SEGMENT_NAME } from './segment-format.ts'

vi.setConfig({ testTimeout: 30_000 })

const SEED = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)

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
      const at = makeBench(blocks, sizeBytes)
      const zeros = random.pick<ScanInput['zeros']>(['hole', 'fill'])
      const before = random.chance(0.7)
        ? blocks.map((block) => (random.chance(0.5) ? block : randomBlock(random)))
        : null
      const indices = random.chance(0.5)
        ? span(0, blocks.length)
        : indexSet(random.some([...blocks.keys()], 0.5).map((i) => [i, i + 1]))
      const compression = random.pick<ScanInput['compression']>(['zstd', 'none'])
      const parent = before && parentOf(before, zeros)
      const result = await scanImage(at, { zeros, parent, indices, compression })
      const found = verdicts(result)
      expect(found, `STRATA_SEED=${SEED + round}`).toEqual(
        expected(at.image, zeros, indices, before),
      )
      await expectStored(at, result)
    }
  })
})

/** Every stored block reads back as its SHA-256 says, and the files are what they should be. */
async function expectStored(at: Bench, { blocks, segments }: ScanResult): Promise<void> {
  const ids = segments.map((_, i) => 100 + i)
  expect(readdirSync(at.segmentsDir).sort()).toEqual(segments.map(({ file }) => file).sort())
  for (const { file, bytes: length } of segments) {
    expect(file).toMatch(SEGMENT_NAME)
    const segment = readFileSync(join(at.segmentsDir, file))
    expect(segment.length).toBe(length)
    expect(segment.subarray(0, 12)).toEqual(Buffer.from('STRATSEG\x01\0\0\0', 'latin1'))
  }
  const records =
    ids.length === 0
      ? []
      : [...Array(blocks.count).keys()].map((i) => {
          return blocks.recordOf(i, 7_000 + i, ids)
        })
  for (const [i, { blockId, offset }] of records.entries()) {
    expect([blockId, offset % 4_096]).toEqual([7_000 + i, 0])
  }
  const fileOf = (id: number) => join(at.segmentsDir, segments[id - 100]!.file)
  expect(await damageIn(records, fileOf)).toEqual([])
}

describe('what is stored', () => {
  test('many threads write many segments of at most 64 MiB', async () => {
    const at = makeBench(noiseBlocks(270))
    const progress: number[] = []
    const result = await scanImage(at, { onProgress: (bytes) => progress.push(bytes) })
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
    const at = makeBench(blocks)
    const result = await scanImage(at, { parent: parentOf(blocks, 'hole') })
    expect(verdicts(result).size).toBe(0)
    expect(readdirSync(at.segmentsDir)).toEqual([])
  })

  test('runs of fills are joined, and a fill that only begins like one is data', async () => {
    const odd = Buffer.alloc(BLOCK_BYTES, patternOf(1))
    odd[BLOCK_BYTES - 1]! ^= 1
    const at = makeBench(Array.from({ length: 6 }, () => ({ kind: 'fill' as const, byte: 1 })))
    const fd = openSync(at.image, 'r+')
    writeSync(fd, odd, 0, BLOCK_BYTES, 4 * BLOCK_BYTES)
    closeSync(fd)
    const result = await scanImage(at)
    expect(result.fills).toEqual([
      { start: 0, end: 4, pattern: patternOf(1) },
      { start: 5, end: 6, pattern: patternOf(1) },
    ])
    expect(result.blocks.indexOf(0)).toBe(4)
  })

  test.runIf(canCompress)('compressed where it saves (needs zstd in node:zlib)', async () => {
    const at = makeBench([
      { kind: 'text', seed: 1 },
      { kind: 'noise', seed: 1 },
    ])
    const { blocks, segments } = await scanImage(at, { compression: 'zstd' })
    expect(blocks.recordOf(0, 0, [0])).toMatchObject({ encoding: 'zstd' })
    expect(blocks.recordOf(1, 0, [0])).toMatchObject({ encoding: 'raw', length: BLOCK_BYTES })
    expect(segments[0]!.bytes).toBeLessThan(BLOCK_BYTES * 1.5)
  })

  test.skipIf(canCompress)('stored raw where the runtime has no zstd', async () => {
    const at = makeBench([{ kind: 'text', seed: 1 }])
    const { blocks } = await scanImage(at, { compression: 'zstd' })
    expect(blocks.recordOf(0, 0, [0])).toMatchObject({ encoding: 'raw' })
  })

  test('a hole as large as a volume can be costs no segment', async () => {
    const at = makeBench([])
    truncateSync(at.image, 3 * 2 ** 40)
    const far = 3 * 2 ** 21 - 5
    const fd = openSync(at.image, 'r+')
    writeSync(fd, Buffer.from('here'), 0, 4, far * BLOCK_BYTES + 1_000)
    closeSync(fd)
    const result = await scanImage(at, {
      indices: indexSet([
        [0, 9],
        [far - 100, far + 5],
      ]),
    })
    expect([...result.blocks.runs()]).toEqual([{ start: far, end: far + 1, first: 0 }])
  })

  test('two scans at once do not mix', async () => {
    const one = makeBench(noiseBlocks(70))
    const two = makeBench(randomBlocks(new Random(9), 66))
    const [first, second] = await Promise.all([scanImage(one), scanImage(two)])
    expect(first.blocks.count).toBe(70)
    expect(verdicts(second)).toEqual(expected(two.image, 'hole', span(0, 66), null))
    await expectStored(one, first)
    await expectStored(two, second)
  })
})
