import { BLOCK_BYTES } from '../../contract/units.ts'
import type { Random } from '../../lineage/testing/random.ts'
import type { PlainVolume } from './plain-volume.ts'

/** Whole blocks of a volume, or any bytes of it. */
export function extentAtRandom(
  random: Random,
  { sizeBytes }: PlainVolume,
): { at: number; length: number } {
  if (random.chance(0.5)) {
    const count = Math.floor(sizeBytes / BLOCK_BYTES)
    const first = random.below(Math.max(1, count))
    const length = Math.max(1, random.below(count - first + 1)) * BLOCK_BYTES
    const at = first * BLOCK_BYTES
    return { at, length: Math.min(length, sizeBytes - at) }
  }
  const at = random.below(sizeBytes)
  return { at, length: 1 + random.below(Math.min(sizeBytes - at, 2 * BLOCK_BYTES)) }
}
