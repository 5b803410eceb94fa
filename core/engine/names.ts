import { StrataError } from '../contract/errors.ts'
import { MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH } from '../contract/units.ts'

/** Control characters, lone surrogates, line breaks, and marks that change text direction. */
const REFUSED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
/** Anything but spaces and what is never drawn, such as zero-width joiners. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u
const LOOKS_LIKE_ID = /^(vol|snap|job|del|i|ami|set|key|dek|policy)-[0-9a-f]{17}$/

/**
 * A name as it is kept: trimmed and in one Unicode form, so that two that look alike are alike.
 *
 * @throws StrataError NAME_REFUSED
 */
export function checkName(raw: string): string {
  const name = raw.normalize('NFC').trim()
  const problem = problemOf(name)
  if (problem !== undefined) throw new StrataError('NAME_REFUSED', { name: raw, problem })
  return name
}

function problemOf(name: string): string | undefined {
  if (name === '') return 'is empty'
  if (!VISIBLE.test(name)) return 'has nothing in it that can be seen'
  if (name.length > MAX_NAME_LENGTH) {
    return `has ${name.length} characters, more than ${MAX_NAME_LENGTH}`
  }
  if (REFUSED.test(name)) {
    return 'contains characters that cannot be shown or that change the direction of text'
  }
  if (LOOKS_LIKE_ID.test(name)) return 'looks like an id'
  return undefined
}

/**
 * A description as it is kept: trimmed.
 *
 * @throws StrataError DESCRIPTION_REFUSED
 */
export function checkDescription(raw: string): string {
  const text = raw.trim()
  if (text.length <= MAX_DESCRIPTION_LENGTH) return text
  throw new StrataError('DESCRIPTION_REFUSED', {
    lengthCharacters: text.length,
    mostCharacters: MAX_DESCRIPTION_LENGTH,
  })
}

/** Turns any text, such as a file's name, into a name that is allowed and not yet taken. */
export function freeName(wish: string, taken: ReadonlySet<string>): string {
  const cleaned = wish
    .normalize('NFC')
    .replace(new RegExp(REFUSED, 'gu'), '')
    .trim()
    .slice(0, MAX_NAME_LENGTH - ' (99999)'.length)
    // Half of a character that the cut went through.
    .replace(/\p{Cs}$/u, '')
  const stem = problemOf(cleaned) === undefined ? cleaned : 'image'
  if (!taken.has(stem)) return stem
  let number = 2
  while (taken.has(`${stem} (${number})`)) number += 1
  return `${stem} (${number})`
}
