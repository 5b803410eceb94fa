/** Longest piece of a foreign name in a message. */
const SHOWN_LENGTH = 300

/** A name from outside, quoted, cut where it is endless, and safe to print. */
export function show(name: string): string {
  const cut = name.length > SHOWN_LENGTH ? `${name.slice(0, SHOWN_LENGTH)}…` : name
  return `“${printable(cut)}”`
}

/**
 * Text from outside, safe to print: control and direction characters become escapes, so that it
 * can neither move a terminal's cursor nor reorder the sentence around it.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`)
}

/** Control characters, lone surrogates, and the marks that change the direction of text. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
