import type { Input } from '../contract/calls.ts'
import type { PublicAccess } from '../contract/sharing.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { toldChange } from '../engine/told-change.ts'
import { knownRegion } from './regions.ts'

/** What the account that asks lets be public in a region. */
export function getPublicAccess(
  { library }: Context,
  input: Input<'getPublicAccess'>,
): PublicAccess {
  const region = knownRegion(library, input.region ?? library.region)
  const { account: ownerId } = library
  return { ownerId, region, state: library.publicAccess.get(ownerId, region) }
}

/** What is public already stays so; with `block-all-sharing` nobody else gets at it. */
export function setPublicAccess(
  context: Context,
  { state, ...where }: Input<'setPublicAccess'>,
): PublicAccess {
  const { library, clock } = context
  const { ownerId, region, state: before } = getPublicAccess(context, where)
  if (state === before) return { ownerId, region, state }
  toldChange(
    { library, clock },
    {
      title: `Set public access in ${region} to ${state}`,
      command: ['public-access', 'set', state, ...inRegion(library, region)],
    },
    () => {
      library.publicAccess.set(ownerId, region, state)
    },
  )
  return { ownerId, region, state }
}

function inRegion(library: Library, region: string): string[] {
  return region === library.facts().currentRegion ? [] : ['--region', region]
}
