import type { Snapshot } from '../../../core/contract/model.ts'

/** Under two lines of words. */
const HIGHEST = 30
const LOWEST = 2
/** One giant, usually the first snapshot, may not press all others flat: it is cut off instead. */
const GIANT = 4

/** What the highest bar stands for: the most that one stores, or four times the second most. */
export function fullBarBytes(snapshots: readonly Snapshot[]): number {
  let [most, second] = [1, 0]
  for (const { storedHereBytes } of snapshots) {
    if (storedHereBytes > most) [most, second] = [storedHereBytes, most]
    else second = Math.max(second, storedHereBytes)
  }
  return second === 0 ? most : Math.min(most, GIANT * second)
}

/** Height of a bar in pixels: a square root, so that small ones stay visible. */
export function barHeight(bytes: number, fullBytes: number): number {
  return Math.max(LOWEST, Math.sqrt(Math.min(1, bytes / fullBytes)) * HIGHEST)
}

/** The bar says less than it stands for; a notch near its top tells. */
export function isCutOff(bytes: number, fullBytes: number): boolean {
  return bytes > fullBytes
}
