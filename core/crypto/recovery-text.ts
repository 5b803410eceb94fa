import { createHash } from 'node:crypto'
import { KEY_BYTES } from './sealing.ts'

/*
 * A key of 256 random bits as people write it down: 56 letters and digits in groups of four.
 * (1) It is the key and three bytes of a digest of it, so that a mistyped one is told from another
 *     one: of 16 million mistakes one slips through, and then it is a wrong key all the same.
 * (2) The alphabet is Crockford's: none of its letters is taken for another one or for a digit.
 */

/** Without I, L, O and U; the first three are read as what they look like. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LETTER_BITS = 5n
const CHECK_BYTES = 3
const GROUP = 4
const LETTERS = ((KEY_BYTES + CHECK_BYTES) * 8) / Number(LETTER_BITS)

export function recoveryTextOf(key: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.concat([key, checkOf(key)]).toString('hex')}`)
  const letters: string[] = []
  while (letters.length < LETTERS) {
    letters.unshift(ALPHABET[Number(rest & 31n)]!)
    rest >>= LETTER_BITS
  }
  const groups = letters.join('').match(new RegExp(`.{${GROUP}}`, 'g'))
  return groups!.join('-')
}

/**
 * The key that was written down. Case, spaces and dashes do not matter; lines that begin with # are
 * not part of it, as in the file that is saved.
 *
 * @returns null when it was mistyped, is not all of it, or is something else
 */
export function recoveryKeyIn(text: string): Buffer | null {
  const letters = lettersIn(text)
  if (letters.length !== LETTERS) return null
  let number = 0n
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) return null
    number = (number << LETTER_BITS) | BigInt(value)
  }
  const hex = number.toString(16).padStart((KEY_BYTES + CHECK_BYTES) * 2, '0')
  const bytes = Buffer.from(hex, 'hex')
  const key = bytes.subarray(0, KEY_BYTES)
  return bytes.subarray(KEY_BYTES).equals(checkOf(key)) ? key : null
}

function lettersIn(text: string): string {
  return text
    .replace(/^\s*#.*$/gm, '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
}

function checkOf(key: Uint8Array): Buffer {
  return createHash('sha256')
    .update('strata/recovery/v1')
    .update(key)
    .digest()
    .subarray(0, CHECK_BYTES)
}
