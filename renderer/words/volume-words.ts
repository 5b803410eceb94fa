import { LOAD_RATES } from '../../core/contract/loading.ts'
import { MAX_VOLUME_BYTES } from '../../core/contract/units.ts'
import { formatBytes } from './byte-format.ts'
import { wholeNumber } from './whole-number.ts'

/** Why no volume can be so large; null when it can. @param sizeBytes null: what was typed is no size */
export function sizeProblem(sizeBytes: number | null): string | null {
  if (sizeBytes === null) return 'Not a size. Write a number and a unit, like 10 GiB.'
  if (sizeBytes < 1) return 'A volume has at least 1 byte.'
  if (sizeBytes > MAX_VOLUME_BYTES) return `A volume has at most ${formatBytes(MAX_VOLUME_BYTES)}.`
  return null
}

/** The same for a volume of a snapshot, which is never smaller than that. */
export function sizeProblemOf(
  sizeBytes: number | null,
  snapshot: { name: string; volumeSizeBytes: number },
): string | null {
  const problem = sizeProblem(sizeBytes)
  if (problem !== null || sizeBytes === null) return problem
  if (sizeBytes >= snapshot.volumeSizeBytes) return null
  return `At least ${formatBytes(snapshot.volumeSizeBytes)}: a volume is never smaller than ${snapshot.name}.`
}

/** The rate that was typed, in MiB a second; null: as fast as it goes; undefined: not a rate. */
export function parseRate(text: string): number | null | undefined {
  if (text.trim() === '') return null
  return wholeNumber(text, LOAD_RATES.least, LOAD_RATES.most) ?? undefined
}

export const RATE_PROBLEM = `From ${LOAD_RATES.least} to ${LOAD_RATES.most}, or nothing.`
