import { join } from 'node:path'
import type { RegionName } from '../contract/ids.ts'
import type { StorageTier } from '../contract/tiering.ts'

/* Where things lie in the folder of a library. */

export const regionsDir = (library: string) => join(library, 'regions')
export const segmentsDir = (library: string, region: RegionName, tier: StorageTier = 'standard') =>
  join(regionsDir(library), region, tier === 'standard' ? 'segments' : 'archive')
export const volumesDir = (library: string) => join(library, 'volumes')
