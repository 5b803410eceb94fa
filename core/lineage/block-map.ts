import type { Lineage } from './lineage.ts'

export type BlockMap = { starts: Uint32Array; ends: Uint32Array; writers: Int32Array }

export function mapOf(_lineage: Lineage, _id: string): BlockMap {
  throw new Error('not yet written')
}
