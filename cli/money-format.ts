/** Below this an amount would be shown as nothing, though a block costs something too. */
const SMALLEST_ROUNDED = 0.01

/** "0.80 USD"; less than a cent with the two digits that count: "-0.000024 USD". */
export function formatMoney(amount: number, currency: string): string {
  const isSmall = amount !== 0 && Math.abs(amount) < SMALLEST_ROUNDED
  const digits = isSmall
    ? { minimumFractionDigits: 0, maximumSignificantDigits: 2 }
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  // With `negative` the zero below zero, which some sums are, has no sign.
  const format = new Intl.NumberFormat('en', {
    ...digits,
    useGrouping: false,
    signDisplay: 'negative',
  })
  return `${format.format(amount)} ${currency}`
}
