import type { CoreSample } from '../contract/core-sample.ts'
import type { IndexSet } from './index-set.ts'
import type { Lineage } from './lineage.ts'

/** The live state of a volume, as the last column of a sample. */
export type SampleHead = {
  baseId: string | null
  /** Written since the base. */
  changed: IndexSet
  /** What the head holds; null: what its base reads and what changed. */
  written: IndexSet | null
  blockCount: number
}

export type SampleRequest = {
  columnIds: readonly string[]
  head: SampleHead | null
  firstBlock: number
  blockCount: number
  maxRows: number
  doomedIds: readonly string[]
}

export function sampleCore(_lineage: Lineage, _request: SampleRequest): CoreSample {
  throw new Error('not yet written')
}
