import { join } from 'node:path'
import type { RegionName, SnapshotId } from '../contract/ids.ts'
import type { StorageTier } from '../contract/tiering.ts'

/* Where things lie in the folder of a library. */

export const regionsDir = (library: string) => join(library, 'regions')
export const segmentsDir = (library: string, region: RegionName, tier: StorageTier = 'standard') =>
  join(regionsDir(library), region, tier === 'standard' ? 'segments' : 'archive')
export const volumesDir = (library: string) => join(library, 'volumes')
/** Blocks of a plain volume as a pending snapshot needs them. No row names it: it is swept at open. */
export const keptBlocksFile = (library: string, id: SnapshotId) =>
  join(volumesDir(library), `${id}.before`)
