import type { Snapshot } from '../../core/contract/model.ts'
import { priceSource } from '../words/money-format.ts'
import { MoneyFigure } from './MoneyFigure.tsx'
import { useCosts } from './use-costs.ts'

/** What a snapshot costs a month, in both ways of putting blocks down to somebody. */
export function Costs({ snapshot }: { snapshot: Snapshot }) {
  const costs = useCosts()
  const cost = costs?.snapshots.find((s) => s.snapshotId === snapshot.snapshotId)
  if (costs === null || cost === undefined) return null
  return (
    <section aria-label="Costs a month">
      <MoneyFigure
        label="Charged a month"
        money={cost.charged}
        prices={costs.prices}
        sentence={`What ${snapshot.name} stores here, at the price of its tier. Over all snapshots of its account and what lies in the Recycle Bin this adds up to what storage costs a month; fast restore is charged beside that.`}
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
