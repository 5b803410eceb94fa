/** UTC, to the second: `2026-11-22 10:15:00`. */
export function formatInstant(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}

/** As ISO 8601 writes them; a time without a zone would mean two moments. */
const WRITTEN = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/

/**
 * Reads a time: `2027-01-01`, which begins at 00:00 UTC, or `2027-01-01T10:15:00Z`.
 *
 * @returns milliseconds since 1970, UTC
 * @throws RangeError with a text for people
 */
export function parseInstant(text: string): number {
  const day = WRITTEN.exec(text)?.[1]
  const ms = day !== undefined && isInCalendar(day) ? Date.parse(text) : Number.NaN
  if (ms >= 0) return ms
  throw new RangeError('A time is written 2027-01-01 or, with its zone, 2027-01-01T10:15:00Z.')
}

/** Others are counted on: the 31st of February would be in March. */
function isInCalendar(day: string): boolean {
  const ms = Date.parse(day)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}
