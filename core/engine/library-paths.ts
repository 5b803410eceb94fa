import { join } from 'node:path'
import type { RegionName } from '../contract/ids.ts'

/* Where things lie in the folder of a library. */

export const regionsDir = (library: string) => join(library, 'regions')
export const segmentsDir = (library: string, region: RegionName) =>
  join(regionsDir(library), region, 'segments')
export const volumesDir = (library: string) => join(library, 'volumes')
