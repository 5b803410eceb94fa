import type { StateCreator } from 'zustand/vanilla'
import type { CostReport } from '../../core/contract/money.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'

export type CostsSlice = {
  /** Of the library as it was when last asked; null: never asked. */
  costs: CostReport | null
  refreshCosts: () => Promise<void>
}

export const costsSlice =
  (engine: Pick<World['engine'], 'reportCost'>): StateCreator<AppState, [], [], CostsSlice> =>
  (set, get) => {
    let asked = 0
    return {
      costs: null,

      refreshCosts: async () => {
        const mine = ++asked
        try {
          const costs = await engine.reportCost({ snapshotIds: [] })
          if (mine === asked) set({ costs })
        } catch (error) {
          if (mine === asked) get().tellFailure(wireOf(error))
        }
      },
    }
  }
