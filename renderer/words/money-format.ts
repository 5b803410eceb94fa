import type { Money, PriceTable } from '../../core/contract/money.ts'

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** Below this an amount would be shown as nothing, though a block costs something too. */
const SMALLEST_ROUNDED = 0.01

/** "$0.80"; less than a cent with the two digits that count: "$0.000024". */
export function formatMoney(amount: number, currency: string): string {
  const isSmall = amount !== 0 && Math.abs(amount) < SMALLEST_ROUNDED
  return new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    // The zero below zero, which some sums are, has no sign.
    signDisplay: 'negative',
    ...(isSmall && { minimumFractionDigits: 0, maximumSignificantDigits: 2 }),
  }).format(amount)
}

/** "16 GiB × 0.05 = 0.8". */
export function formulaText({ formula }: Money): string {
  return formula.replaceAll(' x ', ' × ')
}

/** Whose prices they are, and of when: no amount is shown without that. */
export function priceSource({ source, writtenDown }: PriceTable): string {
  return `${source}, ${day.format(new Date(writtenDown))}`
}
