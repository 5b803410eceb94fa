import type { Input } from '../contract/calls.ts'
import { LIST_PRICES, type PriceTable } from '../contract/money.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { toldChange } from '../engine/told-change.ts'

export function pricesOf(library: Library): PriceTable {
  return library.prices.read() ?? LIST_PRICES
}

/** Keeps other prices than the list's, in the library. */
export function setPrices({ library, clock }: Context, prices: Input<'setPrices'>): PriceTable {
  toldChange(
    { library, clock },
    {
      title: `Wrote down the prices of ${prices.source}`,
      command: ['prices', 'set', 'prices.json'],
    },
    () => {
      library.prices.write(prices)
    },
  )
  return prices
}
