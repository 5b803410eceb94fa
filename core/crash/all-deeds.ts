import type { Deed } from './deed.ts'
import { deletingDeeds, leavingDeeds } from './deleting-deeds.ts'
import { fastRestoreDeeds } from './fast-restore-deeds.ts'
import { imageDeeds } from './image-deeds.ts'
import { keepingDeeds } from './keeping-deeds.ts'
import { keyDeeds, recoveryKeyDeed } from './key-deeds.ts'
import { takingDeeds, writingDeeds } from './making-deeds.ts'
import { policyDeeds } from './policy-deeds.ts'
import { regionDeeds } from './region-deeds.ts'

/*
 * Snapshots live by what makes and what deletes them: those deeds are crashed after each of their
 * writes. The rest is built on them and is crashed at some of its writes, others from run to run.
 */

/** Of these every fifth write. */
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

const allDeeds = [
  ...takingDeeds,
  ...writingDeeds,
  ...deletingDeeds,
  ...worldDeeds,
  ...combinedDeeds,
]

/** @throws Error when there is none of that name */
export function deedCalled(name: string): Deed {
  const deed = allDeeds.find((one) => one.name === name)
  if (deed === undefined) throw new Error(`There is no deed called ${name}`)
  return deed
}
