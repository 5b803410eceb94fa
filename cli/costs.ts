import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { LibraryView } from '../core/contract/model.ts'
import { type CostReport, PriceTable } from '../core/contract/money.ts'
import { type Answer, answer } from './answer.ts'
import { snapshotName } from './describe.ts'
import { UsageError } from './failure.ts'
import { findSnapshot } from './find.ts'
import { CostJson, PricesJson } from './json.ts'
import type { Library } from './library.ts'
import { formatMoney } from './money-format.ts'
import { facts, safeName, table } from './table.ts'

export async function tellCost(library: Library, names: readonly string[]): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const snapshotIds = names.map((name) => findSnapshot(view, name).snapshotId)
  const report = await library.engine.reportCost({ snapshotIds })
  return answer(CostJson, report, costText(view, report))
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

function readPrices(file: string): PriceTable {
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${(error as Error).message}.`)
  }
  const parsed = PriceTable.safeParse(raw)
  if (parsed.success) return parsed.data
  throw new UsageError(`${file} is not a price table: ${z.prettifyError(parsed.error)}`)
}

function costText(view: LibraryView, report: CostReport): string {
  const { currency } = report.prices
  const money = (amount: number) => formatMoney(amount, currency)
  const isSplit = view.regions.length > 1
  const regionOf = new Map(view.snapshots.map((each) => [each.snapshotId, each.region]))
  const rows = report.snapshots.map(({ snapshotId, charged, fairShare, archiving }) => [
    safeName(snapshotName(view, snapshotId)),
    ...(isSplit ? [regionOf.get(snapshotId) ?? ''] : []),
    money(charged.amount),
    money(fairShare.amount),
    archiving === null ? 'archived' : money(archiving.monthlyChange.amount),
  ])
  return [
    `Stored: ${money(report.stored.amount)} a month (${report.stored.formula})`,
    ...(report.archived.amount === 0
      ? []
      : [`Archived: ${money(report.archived.amount)} a month (${report.archived.formula})`]),
    ...(report.binned.amount === 0
      ? []
      : [`In the Recycle Bin: ${money(report.binned.amount)} of it (${report.binned.formula})`]),
    ...(report.fastRestore.amount === 0
      ? []
      : [
          `Fast restore: ${money(report.fastRestore.amount)} a month (${report.fastRestore.formula})`,
        ]),
    ...(rows.length === 0
      ? []
      : [
          table(
            [
              { heading: 'Name' },
              ...(isSplit ? [{ heading: 'Region' }] : []),
              { heading: 'Charged', isFigure: true },
              { heading: 'Fair share', isFigure: true },
              { heading: 'If archived', isFigure: true },
            ],
            rows,
          ),
        ]),
    ...(report.deletionSaves === null
      ? []
      : [
          `Deleting these saves ${money(report.deletionSaves.amount)} a month (${report.deletionSaves.formula})`,
        ]),
    `Prices: ${safeName(report.prices.source)}, written down ${report.prices.writtenDown}`,
  ].join('\n')
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
