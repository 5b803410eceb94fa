import { createHmac, hash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { blockBytes } from '../testing/make-image.ts'
import { stretched } from './passphrase.ts'
import { type BlockKey, openBlock, SEALED_BYTES, sealBlock } from './sealed-block.ts'
import { contextOf, derivedKey, newKey, SEAL_BYTES, seal, unseal } from './sealing.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('known answers', () => {
  // Test cases 14, 15 and 16 of the GCM specification (McGrew and Viega), which NIST took over.
  it('of AES-256-GCM', () => {
    const zeros = seal(Buffer.alloc(32), Buffer.alloc(16), Buffer.alloc(0), Buffer.alloc(12))
    expect(zeros.subarray(12).toString('hex')).toBe(
      'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
    )
    const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308')
    const plain = hex(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72' +
        '1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    )
    const context = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2')
    const sealed = seal(key, plain, context, hex('cafebabefacedbaddecaf888'))
    expect(sealed.subarray(12).toString('hex')).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa' +
        '8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
        '76fc6ece0f4e1768cddf8853bb2d551b',
    )
    expect(unseal(key, sealed, context)).toEqual(plain)
  })

  it('of HKDF-SHA-256, RFC 5869 case 1', () => {
    const salt = hex('000102030405060708090a0b0c')
    const purpose = hex('f0f1f2f3f4f5f6f7f8f9')
    // By hand, as the RFC defines it: the purpose of the case is no text.
    const pseudo = createHmac('sha256', salt).update(Buffer.alloc(22, 0x0b)).digest()
    const first = createHmac('sha256', pseudo).update(purpose).update(hex('01')).digest('hex')
    expect(first).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf')
    const ours = createHmac('sha256', pseudo).update('strata').update(hex('01')).digest()
    expect(derivedKey(Buffer.alloc(22, 0x0b), salt, 'strata')).toEqual(ours)
  })

  it('of scrypt, RFC 7914', async () => {
    const stretch = { salt: Buffer.from('NaCl'), N: 1_024, r: 8, p: 16 }
    expect((await stretched('password', stretch, 64)).toString('hex')).toBe(
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162' +
        '2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    )
    const long = { salt: Buffer.from('SodiumChloride'), N: 16_384, r: 8, p: 1 }
    expect((await stretched('pleaseletmein', long, 64)).toString('hex')).toBe(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2' +
        'd5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    )
  })
})

it('a passphrase is stretched within bounds only', async () => {
  const salt = Buffer.alloc(32)
  for (const [N, r, p] of [
    [2 ** 21, 8, 1],
    [1_000, 8, 1],
    [512, 8, 1],
    [2 ** 14, 9, 1],
    [2 ** 14, 8, 17],
    [2 ** 14, 0, 1],
  ] as const) {
    await expect(stretched('x', { salt, N, r, p })).rejects.toThrow(RangeError)
  }
  const stretch = { salt, N: 1_024, r: 8, p: 1 }
  expect(await stretched('caf\u00e9', stretch)).toEqual(await stretched('cafe\u0301', stretch))
})

describe('a sealed thing', () => {
  it('opens no more once any of its bits is another, and never with less than its whole tag', () => {
    const key = newKey()
    const context = contextOf('here', 7)
    const sealed = seal(key, randomBytes(64), context)
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const other = Buffer.from(sealed)
      other[bit >> 3]! ^= 1 << (bit & 7)
      expect(unseal(key, other, context)).toBeNull()
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(unseal(key, sealed.subarray(0, length), context)).toBeNull()
    }
    expect(unseal(key, sealed, contextOf('here', 8))).toBeNull()
    expect(unseal(newKey(), sealed, context)).toBeNull()
    expect(seal(key, Buffer.alloc(0), context)).toHaveLength(SEAL_BYTES)
  })

  it('has fields bound to it that cannot be shifted into each other', () =>
    expect(contextOf('ab', 'c')).not.toEqual(contextOf('a', 'bc')))

  it('never has the nonce of another', () => {
    const key = newKey()
    const nonces = Array.from({ length: 20_000 }, () =>
      seal(key, Buffer.alloc(0), Buffer.alloc(0)).toString('latin1', 0, 12),
    )
    expect(new Set(nonces).size).toBe(nonces.length)
  })
})

describe('a sealed block', () => {
  const key = (id: string): BlockKey => ({ library: 'library', id, bytes: BYTES })
  const BYTES = newKey()
  const block = blockBytes({ kind: 'text', seed: 1 })

  it('opens at its place, in its library and with its data key alone', () => {
    const sealed = sealBlock(key('a'), 5, block)
    expect(sealed).toHaveLength(SEALED_BYTES)
    expect(openBlock(key('a'), 5, sealed)?.equals(block)).toBe(true)
    expect(openBlock(key('a'), 6, sealed)).toBeNull()
    expect(openBlock(key('b'), 5, sealed)).toBeNull()
    expect(openBlock({ ...key('a'), library: 'other' }, 5, sealed)).toBeNull()
    expect(openBlock({ ...key('a'), bytes: newKey() }, 5, sealed)).toBeNull()
  })

  it('is another each time, and shows nothing of what it holds', () => {
    const [first, second] = [sealBlock(key('a'), 0, block), sealBlock(key('a'), 0, block)]
    expect(hash('sha256', first)).not.toBe(hash('sha256', second))
    expect(first.includes(block.subarray(0, 16))).toBe(false)
  })

  it('is refused with any bit flipped: 300 of them at random', () => {
    const sealed = sealBlock(key('a'), 0, block)
    for (let n = 0; n < 300; n += 1) {
      const bit = randomBytes(4).readUInt32LE() % (sealed.length * 8)
      sealed[bit >> 3]! ^= 1 << (bit & 7)
      expect(openBlock(key('a'), 0, sealed), `bit ${bit}`).toBeNull()
      sealed[bit >> 3]! ^= 1 << (bit & 7)
    }
    expect(openBlock(key('a'), 0, sealed)?.equals(block)).toBe(true)
  })
})
