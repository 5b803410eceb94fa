import { PriceTable } from '../../core/contract/money.ts'

/** A table of prices as it is typed. */
export type PriceDraft = Readonly<Record<keyof PriceTable, string>>

const FIELDS = PriceTable.keyof().options

/** What is wrong with each field that no table can have so. */
const NOT_A_PRICE = 'A number, as in 0.05'
const PROBLEMS: PriceDraft = {
  currency: 'Three letters, as in USD',
  writtenDown: 'A day, as in 2026-11-22',
  source: 'Whose prices are they?',
  standard: NOT_A_PRICE,
  archive: NOT_A_PRICE,
  archiveRetrieval: NOT_A_PRICE,
  fastRestore: NOT_A_PRICE,
}

export function priceDraftOf(prices: PriceTable): PriceDraft {
  const texts = FIELDS.map((field) => [field, String(prices[field])])
  return Object.fromEntries(texts) as PriceDraft
}

/** What is wrong, by field; empty: it is a table of prices. */
export function priceProblems(draft: PriceDraft): Partial<PriceDraft> {
  const { error } = PriceTable.safeParse(valuesOf(draft))
  const fields = FIELDS.filter((field) => error?.issues.some(({ path }) => path[0] === field))
  return Object.fromEntries(fields.map((field) => [field, PROBLEMS[field]]))
}

/** @returns null while something is wrong with it */
export function pricesIn(draft: PriceDraft): PriceTable | null {
  return PriceTable.safeParse(valuesOf(draft)).data ?? null
}

function valuesOf({ currency, writtenDown, source, ...prices }: PriceDraft): unknown {
  const amounts = Object.entries(prices).map(([field, text]) => [field, amountIn(text)])
  return {
    currency: currency.trim().toUpperCase(),
    writtenDown: writtenDown.trim(),
    source: source.trim(),
    ...Object.fromEntries(amounts),
  }
}

/** null: it is no number. */
function amountIn(text: string): number | null {
  return text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text)
}
