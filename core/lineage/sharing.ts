import type { Lineage } from './lineage.ts'

export function sharingOf(_lineage: Lineage, _id: string): { id: string; shared: number }[] {
  throw new Error('not yet written')
}
