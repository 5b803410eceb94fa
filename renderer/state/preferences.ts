import type { StateCreator } from 'zustand/vanilla'
import type { AppState } from './store.ts'

/** How long a deletion can be undone before its space may be given back; the second one at first. */
export const UNDOABLE_CHOICES_MS = [60_000, 600_000, 3_600_000, 86_400_000] as const
const [, UNDOABLE_MS] = UNDOABLE_CHOICES_MS

export type PreferencesSlice = {
  /** Of deletions to come, milliseconds. */
  undoableMs: number
  setUndoableMs: (undoableMs: number) => void
  /** Amounts are shown beside sizes. */
  showsCosts: boolean
  setShowsCosts: (showsCosts: boolean) => void
}

export const preferencesSlice: StateCreator<AppState, [], [], PreferencesSlice> = (set) => ({
  undoableMs: UNDOABLE_MS,
  setUndoableMs: (undoableMs) => set({ undoableMs }),
  showsCosts: true,
  setShowsCosts: (showsCosts) => set({ showsCosts }),
})
