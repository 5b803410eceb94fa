import type { StateCreator } from 'zustand/vanilla'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { SelectHow } from '../stage/stage-props.ts'
import type { AppState } from './store.ts'
import { snapshotsOfTree } from './tree.ts'

export type SelectionSlice = {
  /** In order of choosing; remnants can be among them. */
  selection: readonly SnapshotId[]
  hoverId: SnapshotId | null
  select: (ids: readonly SnapshotId[], how: SelectHow) => void
  hover: (id: SnapshotId | null) => void
  /** Drops what a change of the library took away. */
  keepSelectionAlive: () => void
}

export const selectionSlice: StateCreator<AppState, [], [], SelectionSlice> = (set, get) => ({
  selection: [],
  hoverId: null,

  select: (ids, how) => {
    const { selection } = get()
    const next = how === 'one' ? unique(ids) : how === 'toggle' ? toggled(selection, ids) : ids
    set({ selection: how === 'range' ? rangeOf(get(), next) : next, shownMachine: null })
    get().followSelection()
  },

  hover: (hoverId) => {
    if (get().hoverId !== hoverId) set({ hoverId })
  },

  keepSelectionAlive: () => {
    const { library, selection, hoverId } = get()
    const living = new Set([
      ...(library?.snapshots.map((s) => s.snapshotId) ?? []),
      ...(library?.remnants.map((r) => r.snapshotId) ?? []),
    ])
    if (selection.some((id) => !living.has(id))) {
      set({ selection: selection.filter((id) => living.has(id)) })
    }
    if (hoverId !== null && !living.has(hoverId)) set({ hoverId: null })
  },
})

const unique = (ids: readonly SnapshotId[]) => [...new Set(ids)]

function toggled(selection: readonly SnapshotId[], ids: readonly SnapshotId[]): SnapshotId[] {
  const next = new Set(selection)
  for (const id of ids) if (!next.delete(id)) next.add(id)
  return [...next]
}

/**
 * One id: everything of its tree between the last chosen one and it, of one region where both are.
 * Several: just those.
 */
function rangeOf(state: AppState, ids: readonly SnapshotId[]): SnapshotId[] {
  const [to] = ids
  const from = state.selection.at(-1)
  if (ids.length !== 1 || to === undefined || from === undefined) return unique(ids)
  if (state.library === null || state.volumeId === null) return unique(ids)
  const tree = snapshotsOfTree(state.library, state.volumeId)
  const regions = new Set(tree.flatMap((s) => ([from, to].includes(s.snapshotId) ? s.region : [])))
  const order = tree
    .filter((s) => regions.size > 1 || regions.has(s.region))
    .map((s) => s.snapshotId)
  const ends = [order.indexOf(from), order.indexOf(to)]
  if (ends.includes(-1)) return unique(ids)
  const between = order.slice(Math.min(...ends), Math.max(...ends) + 1)
  // The anchor stays last, so that the next range starts from it again.
  return [...between.filter((id) => id !== from), from]
}
