import { describe, expect, test } from 'vitest'
import { BLOCK_BYTES } from '../contract/units.ts'
import { Random } from '../lineage/testing/random.ts'
import { blockBytes } from '../testing/make-image.ts'
import { blockDecoder, canCompress, compress, portableDecoder } from './compression.ts'

const SEED = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)

/** What Node 24 made of text block 1 at level 19: every runtime must be able to read it. */
const PACKED = Buffer.from(
  'KLUv/aAAAAgAxAYAkswiHpArHb/6X3369OmrHVzVFqZvUy2/UUoEhe6dLyBkCv3qtSvXrVqzYp0KDDepFC/SpK5R' +
    'GC/RJm/WWW7Qx7nXyv8qFO81oe+6xOcaKb81mdca87NW12OF1U9N+Emd6pEm80ZjPlEoffaJPugT5QEMUkwKxiad' +
    '5XGsFIqElhgpycSsLlgldKpkYkLpbyCkEfQExuj7vwGxZ9YuBy/6Z//u3/27f/fv/t2/FfsfgHt/93f/+7u/+9//' +
    '/e/P/d3//u9/f/d3//t///u7v/tPdP8AoEWWH9MqZAMAEgQNFcCnA3u/rd/Wb+u39dv6bf69OZLaDm1lXVVNRT01' +
    'LSUdFQ3NYu82e61Oo8/mMnksDuf4gSCUEPIHAC/63//+97///e9///vf//73v//973//+9///vdv//vf//73v//9' +
    '73//+98/238KTAMAEgQNFcCnA3u/rd/Wb+u39dv6bf49CBzbDm1lXVVNRT01LSUdFQ3NYu82e61Oo8/mMnksDuf4' +
    'gSDUAC/63//+97///e9///vf//73v//973//+9///vdv//vf//73v//973//+98/238KTQMAEgQNFcCnA3u/rd/W' +
    'b+u39dv6bf59s9FkB21lXVVNRT01LSUdFQ3NYu82e61Oo8/mMnksDuf4gSDUAC/63//+97///e9///vf//73v//9' +
    '73//+9///vdv//vf//73v//973//+98/238K',
  'base64',
)

describe.each([
  ['the decoder of this runtime', blockDecoder],
  ['the portable decoder', portableDecoder],
])('%s', (_, decoder) => {
  test('reads what another runtime compressed', async () => {
    const decode = await decoder()
    const block = decode(PACKED)
    expect(block && Buffer.from(block).equals(blockBytes({ kind: 'text', seed: 1 }))).toBe(true)
  })

  test('gives nothing, or other bytes, for what is cut short or altered', async () => {
    const decode = await decoder()
    for (const length of [0, 1, 4, 10, 100, PACKED.length - 1]) {
      expect(decode(PACKED.subarray(0, length)), `cut to ${length}`).toBeNull()
    }
    const random = new Random(SEED)
    for (let i = 0; i < 200; i++) {
      const altered = Buffer.from(PACKED)
      altered[random.below(altered.length)]! ^= 1 << random.below(8)
      const block = decode(altered)
      expect(block === null || block.length === BLOCK_BYTES, `STRATA_SEED=${SEED}`).toBe(true)
    }
    expect(decode(PACKED), 'after all that').not.toBeNull()
  })
})

test.runIf(canCompress)('what is compressed comes back in both decoders (needs zstd)', async () => {
  const block = blockBytes({ kind: 'text', seed: 2 })
  const packed = compress(block)!
  expect(packed.length).toBeLessThan(BLOCK_BYTES / 10)
  for (const decoder of [blockDecoder, portableDecoder]) {
    expect(Buffer.from((await decoder())(packed)!).equals(block)).toBe(true)
  }
  expect(compress(blockBytes({ kind: 'noise', seed: 2 }))).toBeNull()
})

test.skipIf(canCompress)('a runtime without zstd compresses nothing', () => {
  expect(compress(blockBytes({ kind: 'text', seed: 2 }))).toBeNull()
})

test('the portable decoder makes no garbage: it unpacks into memory that it has', async () => {
  const decode = await portableDecoder()
  decode(PACKED)
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 20; i++) decode(PACKED)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(BLOCK_BYTES)
})
