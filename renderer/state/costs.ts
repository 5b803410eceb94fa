import type { StateCreator } from 'zustand/vanilla'
import type { CostReport, PriceTable } from '../../core/contract/money.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'

export type CostsSlice = {
  /** Of the library as it was when last asked; null: never asked. */
  costs: CostReport | null
  refreshCosts: () => Promise<void>
  /** Counts with other prices from now on. @returns why not, if it was refused */
  keepPrices: (prices: PriceTable) => Promise<WireError | null>
}

export const costsSlice =
  (
    engine: Pick<World['engine'], 'reportCost' | 'setPrices'>,
  ): StateCreator<AppState, [], [], CostsSlice> =>
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

      keepPrices: async (prices) => {
        try {
          await engine.setPrices(prices)
        } catch (error) {
          return wireOf(error)
        }
        get().closeDialog()
        get().announce(`Costs are counted with the prices of ${prices.source} now.`)
        await get().refreshCosts()
        return null
      },
    }
  }
