import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { told } from '../core/blocks/io-errors.ts'
import type { DeletionPlan } from '../core/contract/deletion.ts'
import type { LibraryView, Snapshot } from '../core/contract/model.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { buildExample } from '../core/engine/practice.ts'
import { type Answer, answer } from './answer.ts'
import { DemoJson } from './json.ts'
import { Library } from './library.ts'
import type { ProgressBar } from './progress-bar.ts'
import type { GlobalOptions } from './run.ts'
import { pad, safeName, table, widthOf } from './table.ts'

/** The 10 / 4 / 2 GiB example: a real library of fill blocks, gone when it has been described. */
export async function runDemo(
  progress: ProgressBar,
  { region, account }: Pick<GlobalOptions, 'region' | 'account'>,
): Promise<Answer> {
  const folder = told(tmpdir(), () => mkdtempSync(join(tmpdir(), 'strata-demo-')))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const onSignal = () => {
    remove()
    process.exit(130)
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  try {
    const path = join(folder, 'demo.strata')
    const library = await Library.create({
      ...{ path, region, account, command: 'demo', progress },
      isPractice: true,
    })
    try {
      await buildExample(library.engine)
      return await describeExample(library)
    } finally {
      await library.close()
    }
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    remove()
  }
}

async function describeExample({ engine }: Library): Promise<Answer> {
  const view = await engine.describeLibrary()
  const plans: { names: string[]; plan: DeletionPlan }[] = []
  for (const set of subsets(view.snapshots)) {
    const snapshotIds = set.map(({ snapshotId }) => snapshotId)
    const names = set.map(({ name }) => name)
    plans.push({ names, plan: await engine.planDeletion({ snapshotIds }) })
  }
  const text = [
    lineageText(view),
    `Stored in total: ${formatSize(view.storedBytes)}`,
    deletionsText(plans),
  ].join('\n\n')
  const deletions = plans.map(({ names, plan }) => ({ ...plan, names }))
  return answer(DemoJson, { ...view, deletions }, text)
}

/** Every set of at least one: single ones first, then pairs, then more. */
function subsets<T>(items: readonly T[]): T[][] {
  const sets: T[][] = []
  for (let mask = 1; mask < 2 ** items.length; mask += 1) {
    sets.push(items.filter((_, at) => (mask & (1 << at)) !== 0))
  }
  return sets.sort((a, b) => a.length - b.length)
}

const FIGURES: readonly (readonly [name: string, of: (snapshot: Snapshot) => number])[] = [
  ['full size', (snapshot) => snapshot.fullBytes],
  ['stored here', (snapshot) => snapshot.storedHereBytes],
  ['borrowed', (snapshot) => snapshot.fullBytes - snapshot.storedHereBytes],
  ['released if deleted', (snapshot) => snapshot.releasedIfDeletedBytes],
  ['fair share', (snapshot) => snapshot.fairShareBytes],
]
const COLUMN_CELLS = 14

/** The chain with each snapshot's figures below it. */
function lineageText({ snapshots }: LibraryView): string {
  const nameCells = Math.max(...FIGURES.map(([name]) => name.length)) + 2
  const chain = snapshots.map(({ name }, at) => {
    const shown = safeName(name)
    const line =
      at === snapshots.length - 1 ? '' : ` ${'─'.repeat(COLUMN_CELLS - widthOf(shown) - 2)} `
    return shown + line
  })
  const rows = FIGURES.map(([name, of]) => {
    const cells = snapshots.map((snapshot) => pad(formatSize(of(snapshot)), COLUMN_CELLS))
    return (pad(name, nameCells) + cells.join('')).trimEnd()
  })
  return [' '.repeat(nameCells) + chain.join(''), ...rows].join('\n')
}

function deletionsText(plans: readonly { names: string[]; plan: DeletionPlan }[]): string {
  return table(
    [
      { heading: 'Deleted together' },
      { heading: 'Released', isFigure: true },
      { heading: 'Sum of single figures', isFigure: true },
      { heading: 'Surplus', isFigure: true },
    ],
    plans.map(({ names, plan }) => [
      names.map(safeName).join(' + '),
      formatSize(plan.releasedBytes),
      formatSize(plan.singleSumBytes),
      plan.surplusBytes > 0 ? `+${formatSize(plan.surplusBytes)}` : formatSize(plan.surplusBytes),
    ]),
  )
}
