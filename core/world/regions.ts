import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../blocks/durable-folder.ts'
import { told } from '../blocks/io-errors.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { RegionName } from '../contract/ids.ts'
import type { Region } from '../contract/model.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { ownSnapshots, ownVolumes } from '../engine/access.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { toldChange } from '../engine/told-change.ts'

/** Oldest first, with what the account that asks has there: it sums to what it has. */
export function regionsOf(library: Library): Region[] {
  const current = library.region
  const regions = new Map(
    library.regions.all().map((name): [RegionName, Region] => [
      name,
      {
        name,
        isCurrent: name === current,
        snapshotCount: 0,
        volumeCount: 0,
        storedBytes: 0,
        physicalBytes: 0,
      },
    ]),
  )
  const figures = library.figures().of
  for (const { id, region, state } of ownSnapshots(library)) {
    const figure = figures.get(id)
    if (figure === undefined) continue
    // What lies in the Recycle Bin is stored there, but is not shown.
    if (state === 'completed') regions.get(region)!.snapshotCount += 1
    regions.get(region)!.storedBytes += figure.storedHere * BLOCK_BYTES
  }
  for (const { region, isRemoved } of ownVolumes(library)) {
    if (!isRemoved) regions.get(region)!.volumeCount += 1
  }
  for (const { region, bytes, freedBytes } of library.segments.all()) {
    regions.get(region)!.physicalBytes += bytes - freedBytes
  }
  return [...regions.values()]
}

/** @throws StrataError InvalidRegion */
export function knownRegion(library: Library, name: string): RegionName {
  const found = library.regions.all().find((region) => region === name)
  if (found === undefined) throw new StrataError('InvalidRegion', { region: name })
  return found
}

/** @throws StrataError REGION_NAME_REFUSED, REGION_EXISTS, DISK_FULL, FILE_UNWRITABLE */
export function addRegion({ library, clock }: Context, input: Input<'addRegion'>): Region {
  const parsed = RegionName.safeParse(input.name)
  if (!parsed.success) throw new StrataError('REGION_NAME_REFUSED', { region: input.name })
  const name = parsed.data
  if (library.regions.all().includes(name)) throw new StrataError('REGION_EXISTS', { region: name })
  const folder = library.segmentsDir(name)
  // The folder first, then the row: a crash in between leaves a folder that is swept.
  told(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (let inner = folder; inner !== library.path; inner = dirname(inner)) syncFolder(inner)
  })
  const line = { title: `Added region ${name}`, command: ['region', 'add', name] }
  toldChange({ library, clock }, line, () => library.regions.insert(name, clock()))
  return regionNamed(library, name)
}

/** Where new volumes are made from now on. @throws StrataError InvalidRegion */
export function useRegion({ library, clock }: Context, input: Input<'useRegion'>): Region {
  const name = knownRegion(library, input.name)
  const line = { title: `Went to region ${name}`, command: ['region', 'use', name] }
  toldChange({ library, clock }, line, () => library.keepCurrentRegion(name))
  return regionNamed(library, name)
}

function regionNamed(library: Library, name: RegionName): Region {
  return regionsOf(library).find((region) => region.name === name)!
}
