import type { StateCreator } from 'zustand/vanilla'
import type { AppState } from './store.ts'

export type ReadinessSlice = {
  /** The first library has been drawn, its cells too. */
  isDrawn: boolean
  noteDrawn: () => void
}

/** Whoever takes a picture of the window waits for this. */
export const readinessSlice: StateCreator<AppState, [], [], ReadinessSlice> = (set, get) => ({
  isDrawn: false,
  noteDrawn: () => {
    if (!get().isDrawn) set({ isDrawn: true })
  },
})
