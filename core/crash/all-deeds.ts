import type { Deed } from './deed.ts'
import { deletingDeeds } from './deleting-deeds.ts'
import { makingDeeds } from './making-deeds.ts'
import { regionDeeds } from './region-deeds.ts'

export const allDeeds: readonly Deed[] = [...makingDeeds, ...deletingDeeds, ...regionDeeds]

/** @throws Error when there is none of that name */
export function deedCalled(name: string): Deed {
  const deed = allDeeds.find((one) => one.name === name)
  if (deed === undefined) throw new Error(`There is no deed called ${name}`)
  return deed
}
