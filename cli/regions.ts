import { type Answer, answer } from './answer.ts'
import { diskOf, regionTable, regionText } from './describe-library.ts'
import { RegionJson, RegionListJson } from './json.ts'
import type { Library } from './library.ts'

export async function listRegions({ engine }: Library): Promise<Answer> {
  const regions = await engine.listRegions()
  const disk = diskOf(await engine.listAccounts())
  return answer(RegionListJson, { regions }, regionTable(regions, disk))
}

export async function addRegion({ engine }: Library, name: string): Promise<Answer> {
  const region = await engine.addRegion({ name })
  return answer(RegionJson, region, regionText(region, diskOf(await engine.listAccounts())))
}

export async function useRegion({ engine }: Library, name: string): Promise<Answer> {
  const region = await engine.useRegion({ name })
  return answer(RegionJson, region, regionText(region, diskOf(await engine.listAccounts())))
}
