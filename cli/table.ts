import { printable } from '../core/contract/show.ts'

/** A column: its heading, and whether its cells are figures, which align to the right. */
export type Column = { readonly heading: string; readonly isFigure?: boolean }

/**
 * Rows under headings, two spaces between columns, for a fixed-width font. Cells must be safe to
 * print: what people typed goes through `safeName` first.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map((column) => column.heading.toUpperCase()), ...rows]
  const widths = columns.map((_, at) => Math.max(...lines.map((cells) => widthOf(cells[at] ?? ''))))
  return lines
    .map((cells) =>
      columns
        .map((column, at) => pad(cells[at] ?? '', widths[at] ?? 0, column.isFigure === true))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Facts of one object, a name and a value on each line. */
export function facts(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length))
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

/** A foreign name for a terminal: escaped, and unable to reorder the line around it. */
export function safeName(name: string): string {
  const escaped = printable(name)
  return RIGHT_TO_LEFT.test(escaped) ? `\u2068${escaped}\u2069` : escaped
}

/** Cells that a terminal uses for `text`: none for marks, two for wide letters and emoji. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) {
    if (INVISIBLE.test(character)) continue
    width += WIDE.test(character) ? 2 : 1
  }
  return width
}

/** @param isRight puts the text at the right edge */
export function pad(text: string, width: number, isRight = false): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  return isRight ? space + text : text + space
}

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const INVISIBLE = /[\p{Mn}\p{Me}\p{Cf}]/u
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u
