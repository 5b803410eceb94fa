import type { LibraryView } from '../../core/contract/model.ts'
import type { CostReport, Money } from '../../core/contract/money.ts'
import { accountLabel, currentAccount, hasAccounts } from '../state/accounts.ts'
import { hasRegions } from '../state/lanes.ts'
import { priceSource } from '../words/money-format.ts'
import { MoneyFigure } from './MoneyFigure.tsx'
import { useCosts } from './use-costs.ts'

type Part = { label: string; money: Money; sentence: string }

/** What the library costs a month: the bill of the account that it is seen as, and what is in it. */
export function LibraryCosts({ library }: { library: LibraryView }) {
  const costs = useCosts()
  if (costs === null) return null
  const { prices, account } = costs
  const payer = currentAccount(library)
  const isShared = hasAccounts(library) && payer !== undefined
  const whose = isShared ? accountLabel(payer) : 'the library'
  return (
    <section aria-label="Costs of the library a month">
      <MoneyFigure
        isWhole
        label={isShared ? 'Your account a month' : 'Library a month'}
        money={account}
        prices={prices}
        sentence={`The bill of ${whose}${hasRegions(library) ? ', over all regions' : ''}: what is stored in both tiers, and fast restore where it is on.`}
      />
      {[...partsOf(costs), ...(isShared ? [everybodys(costs)] : [])].map((part) => (
        <MoneyFigure key={part.label} prices={prices} {...part} />
      ))}
      <p className="sec small">at {priceSource(prices)}</p>
    </section>
  )
}

/** What the bill is made of; nothing where that is the standard tier alone. */
function partsOf({ stored, archived, binned, fastRestore }: CostReport): Part[] {
  const parts = [
    {
      label: 'Standard tier',
      money: stored,
      sentence: 'Blocks that at least one snapshot in the standard tier holds, each counted once.',
    },
    {
      label: 'Archive tier',
      money: archived,
      sentence: 'An archived snapshot is kept whole, at the price of the archive.',
    },
    {
      label: 'Fast restore',
      money: fastRestore,
      sentence: 'Each snapshot for which it is on, for every hour of 30 days.',
    },
    {
      label: 'Of it in the Recycle Bin',
      money: binned,
      sentence:
        'What lies in the Recycle Bin is charged at the price of its tier until it leaves the bin. It is part of the tiers, not added to them.',
    },
  ].filter(({ money }) => money.amount > 0)
  return parts.length > 1 ? parts : []
}

function everybodys({ library }: CostReport): Part {
  return {
    label: 'All accounts a month',
    money: library,
    sentence: 'The bills of all accounts of this library together.',
  }
}
