import type { ArchiveAdvice, Money, PriceTable } from '../contract/money.ts'
import { MIN_ARCHIVE_DAYS } from '../contract/tiering.ts'

/** Providers call 2^30 bytes a GB. */
const GIB = 2 ** 30

/** `bytes` at a price for a GiB. */
export function costOf(bytes: number, price: number): Money {
  const amount = (bytes / GIB) * price
  return { amount, formula: `${gibs(bytes)} x ${price} = ${rounded(amount)}` }
}

export function sumOf(costs: readonly Money[]): Money {
  return {
    amount: costs.reduce((sum, { amount }) => sum + amount, 0),
    formula: costs.map(({ formula }) => formula).join('; '),
  }
}

/**
 * Archiving rewrites a snapshot whole into the archive tier; only what no other snapshot reads
 * leaves the standard one. So it pays when unique / full is over archive price / standard price.
 *
 * @param uniqueBytes what deleting it would release
 */
export function archiveAdvice(
  uniqueBytes: number,
  fullBytes: number,
  { standard, archive }: PriceTable,
): ArchiveAdvice {
  const saved = (uniqueBytes / GIB) * standard
  const paid = (fullBytes / GIB) * archive
  // Without what floating point leaves behind, which would round -0.025 up.
  const amount = Number((paid - saved).toPrecision(12))
  return {
    leavesStandardBytes: uniqueBytes,
    archivedBytes: fullBytes,
    monthlyChange: {
      amount,
      formula: `${gibs(fullBytes)} x ${archive} - ${gibs(uniqueBytes)} x ${standard} = ${rounded(amount)}`,
    },
    pays: amount < 0,
  }
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const MIN_ARCHIVE_HOURS = MIN_ARCHIVE_DAYS * 24
export const MONTH_HOURS = 30 * 24

/**
 * Whoever leaves the archive before 90 days pays for the rest of them, to the nearest hour.
 *
 * @param heldMs how long it has been there
 */
export function earlyDeletionCost(bytes: number, heldMs: number, prices: PriceTable): Money {
  const hours = Math.max(0, MIN_ARCHIVE_HOURS - Math.round(heldMs / HOUR_MS))
  const amount = ((bytes / GIB) * prices.archive * hours) / MONTH_HOURS
  return {
    amount,
    formula: `${gibs(bytes)} x ${prices.archive} x ${hours} h / ${MONTH_HOURS} h = ${rounded(amount)}`,
  }
}

/** @param pairs of snapshots and the zones in which each of them is on */
export function fastRestoreCost(pairs: number, hours: number, prices: PriceTable): Money {
  const { fastRestore } = prices
  const amount = pairs * hours * fastRestore
  return {
    amount,
    formula: `${pairs} x ${rounded(hours)} h x ${fastRestore} = ${rounded(amount)}`,
  }
}

/** By the minute, an hour at the least. @param onMs how long it has been enabled */
export function billedHours(onMs: number): number {
  return Math.max(1, Math.ceil(onMs / MINUTE_MS) / 60)
}

function gibs(bytes: number): string {
  return `${rounded(bytes / GIB)} GiB`
}

let sixDigits: Intl.NumberFormat | undefined

/** Six digits that count: a formula is true of a block as of a TiB. */
function rounded(value: number): string {
  // Made when it is first needed: it takes longer than most commands do.
  sixDigits ??= new Intl.NumberFormat('en', { maximumSignificantDigits: 6, useGrouping: false })
  return sixDigits.format(value)
}
