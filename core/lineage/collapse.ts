import type { IndexSet } from './index-set.ts'
import type { Lineage } from './lineage.ts'

export type CollapseStep =
  | { kind: 'drop'; id: string }
  | { kind: 'merge'; id: string; into: string }
  | { kind: 'trim'; id: string; keep: IndexSet }

export type CollapsePlan = { steps: CollapseStep[]; dead: { id: string; data: IndexSet }[] }

export function planCollapse(
  _lineage: Lineage,
  _collapsible: (id: string) => boolean,
): CollapsePlan {
  throw new Error('not yet written')
}

export function collapse(_lineage: Lineage, _plan: CollapsePlan): Lineage {
  throw new Error('not yet written')
}
