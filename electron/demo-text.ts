import type { DeletionPlan } from '../core/contract/deletion.ts'
import type { Snapshot } from '../core/contract/model.ts'

export type DemoFigures = {
  snapshots: readonly Snapshot[]
  storedBytes: number
  deletions: readonly { names: readonly string[]; plan: DeletionPlan }[]
}

/** The figures of a small library as text: each snapshot, then each set that could be deleted. */
export function demoText({ snapshots, storedBytes, deletions }: DemoFigures): string {
  const kept = table([
    ['Snapshot', 'Full', 'Added', 'Inherited', 'Stored here', 'Shared', 'Released', 'Fair share'],
    ...snapshots.map((snapshot) => [
      snapshot.name,
      size(snapshot.fullBytes),
      size(snapshot.addedBytes),
      size(snapshot.inheritedBytes),
      size(snapshot.storedHereBytes),
      size(snapshot.sharedBytes),
      size(snapshot.releasedIfDeletedBytes),
      size(snapshot.fairShareBytes),
    ]),
  ])
  const released = table([
    ['Deleted together', 'Released', 'Sum of single', 'Surplus', 'Left'],
    ...deletions.map(({ names, plan }) => [
      names.join(' + '),
      size(plan.releasedBytes),
      size(plan.singleSumBytes),
      size(plan.surplusBytes),
      size(plan.storedBytesAfter),
    ]),
  ])
  return `${kept}\n\nStored in total: ${size(storedBytes)}\n\n${released}`
}

/** Columns two spaces apart; the first is text, the others are figures and end together. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0
          return column === 0 ? cell.padEnd(width) : cell.padStart(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** Exact to two decimals in the largest unit that leaves at least one. */
function size(bytes: number): string {
  const step = bytes === 0 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${Number((bytes / 1024 ** step).toFixed(2))} ${UNITS[step]}`
}
