import type { Lineage } from './lineage.ts'

export type Change = 'added' | 'changed' | 'removed'
export type LineageDiff = {
  ranges: { start: number; end: number; change: Change }[]
  added: number
  changed: number
  removed: number
}

export function diffOf(_lineage: Lineage, _fromId: string, _toId: string): LineageDiff {
  throw new Error('not yet written')
}
