const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** A size as it is shown: the number and its unit apart, so that the unit can be lighter. */
export type ByteText = { value: string; unit: string }

/**
 * The only place where sizes are rounded: one decimal below 100, none from there, none when it is
 * zero. Never rounds up to 1024 of a unit.
 *
 * @param bytes whole bytes; a change of a size can be negative
 */
export function byteText(bytes: number): ByteText {
  return textOf(bytes, { wholeFrom: 100, nextFrom: 1024 })
}

/** Value and unit in one, with a space that does not break: "10 GiB". */
export function formatBytes(bytes: number): string {
  const { value, unit } = byteText(bytes)
  return `${value}\u00a0${unit}`
}

/** Where room is scarce: three digits at the most, the decimal only below 10. */
export function formatBytesShort(bytes: number): string {
  const { value, unit } = textOf(bytes, { wholeFrom: 10, nextFrom: 1000 })
  return `${value}\u00a0${unit}`
}

/** A change: "+2 GiB", "−4 GiB", "0 B". */
export function formatDelta(bytes: number): string {
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes)
}

const SIZE = /^\s*(\d+(?:[.,]\d+)?)\s*(?:([kmgtp])i?)?b?\s*$/i

/** @returns bytes of "10 GiB", "512m" or "1048576"; null when it is not a size */
export function parseBytes(text: string): number | null {
  const found = SIZE.exec(text)
  if (found === null) return null
  const power = 'kmgtp'.indexOf(found[2]?.toLowerCase() ?? '-') + 1
  return Math.round(Number(found[1]?.replace(',', '.')) * 1024 ** power)
}

/** From how many of a unit on there is no decimal, and from how many the next unit is used. */
type Rounding = { wholeFrom: number; nextFrom: number }

function textOf(bytes: number, { wholeFrom, nextFrom }: Rounding): ByteText {
  const size = Math.abs(bytes)
  const rounded = (value: number) =>
    value < wholeFrom ? Math.round(value * 10) / 10 : Math.round(value)
  let power = 0
  while (power < UNITS.length - 1 && rounded(size / 1024 ** power) >= nextFrom) power++
  const sign = bytes < 0 ? '−' : ''
  // `power` is kept below the number of units by the loop.
  return { value: sign + String(rounded(size / 1024 ** power)), unit: UNITS[power]! }
}
