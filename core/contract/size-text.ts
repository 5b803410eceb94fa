const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** A size for people: `10 GiB`, `1.5 MiB`, `0 B`; rounded to two places, so not for computing. */
export function formatSize(bytes: number): string {
  let value = Math.abs(bytes)
  let unit = 0
  while (Number(value.toFixed(2)) >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${bytes < 0 ? '-' : ''}${Number(value.toFixed(2))} ${UNITS[unit]}`
}

/** Two sizes that differ, in words that do: in bytes where rounding would hide it. */
export function differentSizes(one: number, other: number): [string, string] {
  const sizes: [string, string] = [formatSize(one), formatSize(other)]
  return sizes[0] === sizes[1] ? [`${one} B`, `${other} B`] : sizes
}
