/** The whole number that was typed, if it lies in the range; null: it is none. */
export function wholeNumber(text: string, least: number, most: number): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null
  const value = Number(text)
  return value >= least && value <= most ? value : null
}
