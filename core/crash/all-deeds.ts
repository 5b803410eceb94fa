import type { Deed } from './deed.ts'
import { deletingDeeds, leavingDeeds } from './deleting-deeds.ts'
import { fastRestoreDeeds } from './fast-restore-deeds.ts'
import { imageDeeds } from './image-deeds.ts'
import { keepingDeeds } from './keeping-deeds.ts'
import { keyDeeds, recoveryKeyDeed } from './key-deeds.ts'
import { makingDeeds } from './making-deeds.ts'
import { policyDeeds } from './policy-deeds.ts'
import { regionDeeds } from './region-deeds.ts'

/** What snapshots live by: these are crashed after each of their writes. */
export const coreDeeds: readonly Deed[] = [...makingDeeds, ...deletingDeeds]
/** Built on those: of these every fifth write, from a place that differs from run to run. */
export const worldDeeds: readonly Deed[] = [...regionDeeds, ...keyDeeds]
/** Made of what the others do: of these every twenty-fifth. */
export const combinedDeeds: readonly Deed[] = [
  ...leavingDeeds,
  ...keepingDeeds,
  ...imageDeeds,
  ...policyDeeds,
  ...fastRestoreDeeds,
  recoveryKeyDeed,
]

const allDeeds = [...coreDeeds, ...worldDeeds, ...combinedDeeds]

/** @throws Error when there is none of that name */
export function deedCalled(name: string): Deed {
  const deed = allDeeds.find((one) => one.name === name)
  if (deed === undefined) throw new Error(`There is no deed called ${name}`)
  return deed
}
