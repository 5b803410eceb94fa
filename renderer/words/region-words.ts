import {
  COPY_MINUTES,
  copyRate,
  isCopyDuration,
  MAX_COPY_RATE,
} from '../../core/contract/copy-duration.ts'
import { StrataError, toWire } from '../../core/contract/errors.ts'
import { RegionName } from '../../core/contract/ids.ts'
import type { Region, Snapshot } from '../../core/contract/model.ts'
import type { CopyPlan } from '../../core/contract/results.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { formatBytes } from './byte-format.ts'
import { stress } from './phrase.ts'
import { wholeNumber } from './whole-number.ts'

/** MiB a second; of less it is only told that it is less. */
const SMALLEST_RATE = 0.01

/** How fast it has to be does not matter here. */
type Moves = Omit<CopyPlan, 'mibPerSecond'>

export const REGION_RULE =
  '2 to 40 small letters, digits and hyphens, beginning with a letter: eu-west-1'

/** What is wrong with a name for a new region; null when nothing is. */
export function regionProblem(name: string, regions: readonly Region[]): string | null {
  if (!RegionName.safeParse(name).success) return 'No region can be called that.'
  return regions.some((region) => region.name === name)
    ? `There is a region ${name} already.`
    : null
}

/** What a copy would do, as a sentence; parts are stressed as phrase.ts says. */
export function copyPlanWords(source: Snapshot, region: string, plan: Moves, baseName: string) {
  const { movedBytes, fullBecause } = plan
  const moved = stress(formatBytes(movedBytes))
  if (fullBecause === 'other-key') {
    return `${moved} are sealed anew, all that ${source.name} holds: nothing of what is there was sealed with that key.`
  }
  if (source.region === region) {
    return `Nothing moves: in its own region a copy reads the blocks of ${source.name}.`
  }
  if (fullBecause === 'first-copy') {
    return `${moved} move, all that ${source.name} holds: it is the first copy of this volume in ${region}.`
  }
  if (fullBecause === 'newest-copy-deleted') {
    return `${moved} move, all that ${source.name} holds: the newest copy of this volume in ${region} was deleted, and a copy builds on no older one.`
  }
  if (movedBytes === 0) {
    return `Nothing moves: ${baseName} in ${region}, the newest copy there, holds every block of it.`
  }
  return `${moved} of ${formatBytes(source.fullBytes)} move: what ${baseName} in ${region}, the newest copy there, does not have.`
}

/** A region that is still to be added has no copy to build on. */
export function newRegionWords(source: Snapshot, region: string): string {
  const fullBecause = 'first-copy' as const
  const plan = { incremental: false, baseId: null, fullBecause, movedBytes: source.fullBytes }
  return copyPlanWords(source, region, plan, '')
}

export const DURATION_RULE = `${COPY_MINUTES.least} to ${COPY_MINUTES.most.toLocaleString('en-GB')}, in steps of ${COPY_MINUTES.step}; need not be given`

/** The minutes that were typed; undefined for none, null: no copy can be asked for in that time. */
export function durationIn(typed: string): number | null | undefined {
  if (typed.trim() === '') return undefined
  const minutes = wholeNumber(typed, COPY_MINUTES.least, COPY_MINUTES.most)
  return minutes !== null && isCopyDuration(minutes) ? minutes : null
}

/** "11.38 MiB/s". */
export function rateWords(mibPerSecond: number): string {
  const isTiny = mibPerSecond > 0 && mibPerSecond < SMALLEST_RATE
  const rate = isTiny ? SMALLEST_RATE : mibPerSecond
  return `${isTiny ? 'under ' : ''}${rate.toLocaleString('en-GB', { maximumFractionDigits: 2 })} MiB/s`
}

/** How fast the first copy of a snapshot to a region has to be, or why it cannot be so fast. */
export function firstCopyRate({ fullBytes }: Snapshot, minutes: number): number | WireError {
  const rate = copyRate(fullBytes, minutes)
  if (rate <= MAX_COPY_RATE) return rate
  return toWire(new StrataError('COPY_TOO_FAST', { rate, limit: MAX_COPY_RATE, taken: 0 }))
}
