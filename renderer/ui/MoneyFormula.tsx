import type { Money, PriceTable } from '../../core/contract/money.ts'
import { formulaText, priceSource } from '../words/money-format.ts'

/** How an amount comes about and whose prices those are, behind it in a sentence. */
export function MoneyFormula({ money, prices }: { money: Money; prices: PriceTable }) {
  return (
    <span className="sec small">
      {formulaText(money)} ({priceSource(prices)})
    </span>
  )
}
