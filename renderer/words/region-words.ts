import { RegionName } from '../../core/contract/ids.ts'
import type { Region, Snapshot } from '../../core/contract/model.ts'
import type { CopyPlan } from '../../core/contract/results.ts'
import { formatBytes } from './byte-format.ts'
import { stress } from './phrase.ts'

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
