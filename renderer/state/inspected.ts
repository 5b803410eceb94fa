import type { SnapshotId } from '../../core/contract/ids.ts'
import type { AppState } from './store.ts'

/** What the inspector is about: the question asked, else what is pointed at, else what is chosen. */
export type Inspected =
  | { kind: 'nothing' }
  | { kind: 'one'; snapshotId: SnapshotId; isPointedAt: boolean }
  | { kind: 'many'; snapshotIds: readonly SnapshotId[] }

export function inspectedOf(
  state: Pick<AppState, 'deletion' | 'hoverId' | 'selection'>,
): Inspected {
  const { deletion, hoverId, selection } = state
  if (deletion.step === 'none' && hoverId !== null) {
    return { kind: 'one', snapshotId: hoverId, isPointedAt: !selection.includes(hoverId) }
  }
  const [only, ...more] = selection
  if (only === undefined) return { kind: 'nothing' }
  if (more.length > 0) return { kind: 'many', snapshotIds: selection }
  return { kind: 'one', snapshotId: only, isPointedAt: false }
}
