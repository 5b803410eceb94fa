import { useEffect } from 'react'
import type { CostReport } from '../../core/contract/money.ts'
import { useApp } from '../state/context.ts'

/** What a month costs, asked anew with the library; null: not known yet, or not to be shown. */
export function useCosts(): CostReport | null {
  const shows = useApp((state) => state.showsCosts)
  const revision = useApp((state) => state.library?.revision)
  const refresh = useApp((state) => state.refreshCosts)
  const costs = useApp((state) => state.costs)
  useEffect(() => {
    if (shows && revision !== undefined) void refresh()
  }, [shows, revision, refresh])
  return shows ? costs : null
}
