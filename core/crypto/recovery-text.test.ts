import { describe, expect, it } from 'vitest'
import { recoveryKeyIn, recoveryTextOf } from './recovery-text.ts'
import { newKey } from './sealing.ts'

const known = Buffer.from(Array.from({ length: 32 }, (_, i) => i))

describe('a recovery key in writing', () => {
  it('is 56 letters and digits in groups of four, always the same for a key', () => {
    expect(recoveryTextOf(known)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(recoveryTextOf(known)).toBe(KNOWN_TEXT)
    expect(recoveryTextOf(Buffer.alloc(32))).toMatch(/^0000-/)
    for (const key of [known, Buffer.alloc(32), Buffer.alloc(32, 0xff), newKey()]) {
      expect(recoveryKeyIn(recoveryTextOf(key))).toEqual(key)
    }
  })

  it('is read whatever its case, spaces and dashes, and with letters for the digits they look like', () => {
    const text = recoveryTextOf(known)
    const written = [
      text.toLowerCase(),
      text.replaceAll('-', ''),
      text.replaceAll('-', ' — '),
      text.replaceAll('-', '\u2011\u00ad\u200b'),
      text.replaceAll('0', 'o').replaceAll('1', 'l'),
      text.replaceAll('0', 'O').replaceAll('1', 'I'),
      `# what it is\r\n \t# and whose\r\n${text.slice(0, 34)}\r\n${text.slice(34)}\r\n`,
    ]
    for (const form of written) expect(recoveryKeyIn(form), form).toEqual(known)
  })

  it('is told from a mistyped one: no letter can be another, missing, doubled or swapped', () => {
    const text = recoveryTextOf(known).replaceAll('-', '')
    const wrong = [...text].flatMap((letter, at) => {
      const before = text.slice(0, at)
      const after = text.slice(at + 1)
      const swapped = `${before}${after.slice(0, 1)}${letter}${after.slice(1)}`
      return [
        ...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'
          .replace(letter, '')
          .split('')
          .map((o) => before + o + after),
        before + after,
        before + letter + letter + after,
        ...(swapped === text ? [] : [swapped]),
        `${before}U${after}`,
        `${before}*${after}`,
      ]
    })
    expect(wrong.length).toBeGreaterThan(1_900)
    expect(wrong.filter((one) => recoveryKeyIn(one) !== null)).toEqual([])
    for (const no of ['', '#', `${text}${text}`, 'correct horse battery']) {
      expect(recoveryKeyIn(no)).toBeNull()
    }
  })
})

/** Worked out elsewhere, of the bytes 0 to 31 and 3 of their digest: what is on paper stays readable. */
const KNOWN_TEXT = '000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFQ-2NSS'
