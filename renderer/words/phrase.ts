/** A sentence whose figures that matter are stressed. */
export type Phrase = readonly (string | { strong: string })[]

/** Marks that no name can contain: control characters are refused in names. */
const START = '\u0002'
const END = '\u0003'

/** Marks a part of a sentence as what matters in it. */
export function stress(part: string): string {
  return START + part + END
}

/** @param marked a sentence in which `stress` marked parts */
export function phrase(marked: string): Phrase {
  return marked.split(START).flatMap((piece, i) => {
    if (i === 0) return piece === '' ? [] : [piece]
    const [strong = '', after = ''] = piece.split(END)
    return after === '' ? [{ strong }] : [{ strong }, after]
  })
}

/** The sentence without its marks, for ears and for copying. */
export function plainOf(marked: string): string {
  return marked.replaceAll(START, '').replaceAll(END, '')
}
