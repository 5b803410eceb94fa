import type { IndexSet } from './index-set.ts'
import type { Lineage } from './lineage.ts'

/** What deleting a set together does, in blocks. */
export type ReleasePlan = {
  doomedIds: string[]
  released: number
  singleSum: number
  surplus: number
  kept: number
  storedBefore: number
  storedAfter: number
  heirs: { id: string; inherited: number }[]
  alone: Map<string, number>
}

export function planRelease(_lineage: Lineage, _doomedIds: readonly string[]): ReleasePlan {
  throw new Error('not yet written')
}

export function readAt(_lineage: Lineage): (id: string) => IndexSet {
  throw new Error('not yet written')
}
