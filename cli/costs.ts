import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { LibraryView } from '../core/contract/model.ts'
import {
  type CostReport,
  type Money,
  PriceTable,
  type SnapshotCost,
} from '../core/contract/money.ts'
import { type Answer, answer } from './answer.ts'
import { snapshotName } from './describe.ts'
import { UsageError } from './failure.ts'
import { findSnapshot } from './find.ts'
import { CostJson, PricesJson } from './json.ts'
import type { Library } from './library.ts'
import { formatMoney } from './money-format.ts'
import { facts, safeName, table } from './table.ts'

export async function tellCost(
  library: Library,
  names: readonly string[],
  withFormulas: boolean,
): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const snapshotIds = names.map((name) => findSnapshot(view, name).snapshotId)
  const region = view.regions.find(({ name }) => name === library.askedRegion)?.name ?? null
  const report = await library.engine.reportCost({ snapshotIds, region: region ?? undefined })
  const text = costText(view, report, withFormulas)
  const told = region === null ? text : `Costs in ${region}\n${text}`
  return answer(CostJson, { region, ...report }, told)
}

export async function showPrices({ engine }: Library): Promise<Answer> {
  const { prices } = await engine.reportCost({ snapshotIds: [] })
  return answer(PricesJson, prices, pricesText(prices))
}

/** @throws UsageError for a file that is not a price table, naming the field */
export async function setPrices({ engine }: Library, file: string): Promise<Answer> {
  const prices = await engine.setPrices(readPrices(file))
  return answer(PricesJson, prices, pricesText(prices))
}

/** @throws UsageError when it cannot be read */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read.`)
  }
}

function readPrices(file: string): PriceTable {
  let raw: unknown
  try {
    raw = JSON.parse(textOf(file))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new UsageError(`${file} is not JSON: ${error.message}.`)
  }
  const parsed = PriceTable.safeParse(raw)
  if (parsed.success) return parsed.data
  throw new UsageError(
    `${file} is not a price table: ${z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, ' ')}.`,
  )
}

function costText(view: LibraryView, report: CostReport, withFormulas: boolean): string {
  const { stored, archived, binned, fastRestore, deletion, snapshots, prices } = report
  const money = ({ amount }: Money) => formatMoney(amount, prices.currency)
  const amounts: [before: string, cost: Money | null, after: string][] = [
    ['Stored: ', stored, ' a month'],
    ['Archived: ', someOf(archived), ' a month'],
    ['In the Recycle Bin: ', someOf(binned), ' of it'],
    ['Fast restore: ', someOf(fastRestore), ' a month'],
    ['All accounts: ', view.accounts.length > 1 ? report.library : null, ' a month'],
  ]
  const savings: typeof amounts = [
    ['Deleting these saves ', deletion?.atOnce ?? null, ' a month'],
    ['In the end it saves ', laterSaving(deletion), ' a month'],
    ['Leaving the archive early costs ', someOf(deletion?.earlyDeletion ?? null), ' once'],
  ]
  const lines = (all: typeof amounts) =>
    all.flatMap(([before, cost, after]) =>
      cost === null ? [] : [`${before}${money(cost)}${after} (${cost.formula})`],
    )
  const each = withFormulas
    ? snapshots.map((cost) => formulasText(view, cost, prices))
    : [costTable(view, snapshots, money)]
  return [
    ...lines(amounts),
    ...(snapshots.length === 0 ? [] : each),
    ...lines(savings),
    `Prices: ${safeName(prices.source)}, written down ${prices.writtenDown}`,
  ].join('\n')
}

function someOf(cost: Money | null): Money | null {
  return cost === null || cost.amount === 0 ? null : cost
}

/** What goes to the Recycle Bin saves nothing before it leaves that. */
function laterSaving(deletion: CostReport['deletion']): Money | null {
  if (deletion === null || deletion.inTheEnd.amount === deletion.atOnce.amount) return null
  return deletion.inTheEnd
}

function costTable(
  view: LibraryView,
  snapshots: readonly SnapshotCost[],
  money: (cost: Money) => string,
): string {
  const isSplit = view.regions.length > 1
  const regionOf = new Map(view.snapshots.map((each) => [each.snapshotId, each.region]))
  const rows = snapshots.map(({ snapshotId, charged, fairShare, archiving }) => [
    safeName(snapshotName(view, snapshotId)),
    ...(isSplit ? [regionOf.get(snapshotId) ?? ''] : []),
    money(charged),
    money(fairShare),
    archiving === null ? 'archived' : money(archiving.monthlyChange),
  ])
  return table(
    [
      { heading: 'Name' },
      ...(isSplit ? [{ heading: 'Region' }] : []),
      { heading: 'Charged', isFigure: true },
      { heading: 'Fair share', isFigure: true },
      { heading: 'If archived', isFigure: true },
    ],
    rows,
  )
}

/** Each amount of one snapshot, with what it is worked out from. */
function formulasText(view: LibraryView, cost: SnapshotCost, { currency }: PriceTable): string {
  const amounts: [name: string, cost: Money | null][] = [
    ['Charged', cost.charged],
    ['Fair share', cost.fairShare],
    ['If archived', cost.archiving?.monthlyChange ?? null],
    ['Restoring it, once', cost.retrieval],
    ['Deleting it, once', cost.earlyDeletion],
  ]
  const rows = amounts.flatMap(([name, money]): [string, string][] =>
    money === null ? [] : [[name, `${formatMoney(money.amount, currency)} (${money.formula})`]],
  )
  return `${safeName(snapshotName(view, cost.snapshotId))}\n${facts(rows)}`
}

function pricesText(prices: PriceTable): string {
  return facts([
    ['Currency', prices.currency],
    ['Standard', `${prices.standard} for a GiB and month`],
    ['Archive', `${prices.archive} for a GiB and month`],
    ['Retrieval', `${prices.archiveRetrieval} for a GiB out of the archive`],
    ['Fast restore', `${prices.fastRestore} for a snapshot in a zone and hour`],
    ['Source', safeName(prices.source)],
    ['Written', prices.writtenDown],
  ])
}
