import type { StateCreator } from 'zustand/vanilla'
import type { HistoryStep } from '../../core/contract/model.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'

export type HistorySlice = {
  /** Newest first; null until asked for. */
  history: readonly HistoryStep[] | null
  refreshHistory: () => Promise<void>
}

export const historySlice =
  (engine: Pick<World['engine'], 'listHistory'>): StateCreator<AppState, [], [], HistorySlice> =>
  (set, get) => {
    let asked = 0
    return {
      history: null,
      refreshHistory: async () => {
        const mine = ++asked
        try {
          const steps = await engine.listHistory({})
          if (mine === asked) set({ history: steps.toReversed() })
        } catch (error) {
          get().tellFailure(wireOf(error))
        }
      },
    }
  }
