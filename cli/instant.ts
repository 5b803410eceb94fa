/** UTC, to the second: `2026-11-22 10:15:00`. */
export function formatInstant(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
