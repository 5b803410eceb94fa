import type { LibraryView, Region } from '../core/contract/model.ts'
import { printable } from '../core/contract/show.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { type Answer, answer } from './answer.ts'
import { verifyText } from './describe.ts'
import { statsText } from './describe-library.ts'
import { formatInstant } from './instant.ts'
import { HistoryJson, LibraryJson, ReclaimJson, VerifyJson } from './json.ts'
import type { Library } from './library.ts'
import { safeName, table } from './table.ts'

export async function describeLibrary(library: Library): Promise<Answer> {
  const whole = await library.engine.describeLibrary()
  const asked = whole.regions.find(({ name }) => name === library.askedRegion)
  const view = asked === undefined ? whole : inRegion(whole, asked)
  return answer(LibraryJson, view, statsText(view, asked !== undefined))
}

/** What nobody reads any more is given back for all regions together, and is told for all. */
function inRegion(whole: LibraryView, region: Region): LibraryView {
  const { volumeCount, snapshotCount, storedBytes, physicalBytes } = region
  return { ...whole, volumeCount, snapshotCount, storedBytes, physicalBytes, regions: [region] }
}

/** Damage is an answer, not a failure: it is told in full, and the command exits 1. */
export async function verifyLibrary(
  library: Library,
  options: { readonly deep?: boolean },
): Promise<Answer> {
  const { engine } = library
  const started = await engine.verify({ deep: options.deep === true })
  const result = await library.finish(started, 'verify')
  const text = verifyText(await engine.describeLibrary(), result)
  return { ...answer(VerifyJson, result, text), isBad: !result.ok }
}

export async function reclaimSpace(library: Library): Promise<Answer> {
  const result = await library.finish(await library.engine.reclaim({ now: true }), 'reclaim')
  const text =
    `Given back to the disk: ${formatSize(result.reclaimedBytes)}` +
    ` (${formatSize(result.rewrittenBytes)} rewritten, ${formatSize(result.physicalBytes)} left)`
  return answer(ReclaimJson, result, text)
}

export async function showHistory({ engine }: Library): Promise<Answer> {
  const steps = await engine.listHistory()
  const text = table(
    [
      { heading: 'When' },
      { heading: 'Stored', isFigure: true },
      { heading: 'What' },
      { heading: 'As a command' },
    ],
    steps.map((step) => [
      formatInstant(step.at),
      signed(step.storedDeltaBytes),
      safeName(step.isUndone ? `${step.title} (undone)` : step.title),
      // As it is typed: marks that steer the direction of text would be copied along.
      printable(step.command),
    ]),
  )
  return answer(HistoryJson, { steps }, steps.length === 0 ? 'Nothing happened yet.' : text)
}

function signed(bytes: number): string {
  return bytes > 0 ? `+${formatSize(bytes)}` : formatSize(bytes)
}
