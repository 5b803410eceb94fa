import { useEffect } from 'react'
import type { Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { priceSource } from '../words/money-format.ts'
import { MoneyFigure } from './MoneyFigure.tsx'

/** What a snapshot costs a month, in both ways of putting blocks down to somebody. */
export function Costs({ snapshot }: { snapshot: Snapshot }) {
  const shows = useApp((state) => state.showsCosts)
  const revision = useApp((state) => state.library?.revision)
  const refresh = useApp((state) => state.refreshCosts)
  const costs = useApp((state) => state.costs)
  useEffect(() => {
    if (shows && revision !== undefined) void refresh()
  }, [shows, revision, refresh])
  const cost = costs?.snapshots.find((s) => s.snapshotId === snapshot.snapshotId)
  if (!shows || costs === null || cost === undefined) return null
  return (
    <section aria-label="Costs a month">
      <MoneyFigure
        label="Charged a month"
        money={cost.charged}
        prices={costs.prices}
        sentence={`What ${snapshot.name} stores here, at the price of a GiB and month. Over all snapshots this adds up to what the library costs.`}
      />
      <MoneyFigure
        label="Fair share a month"
        money={cost.fairShare}
        prices={costs.prices}
        sentence={`The fair share of ${snapshot.name}, each block divided by its holders, at the same price.`}
      />
      <p className="sec small">at {priceSource(costs.prices)}</p>
    </section>
  )
}
