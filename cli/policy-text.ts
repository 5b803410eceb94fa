import type { LibraryView } from '../core/contract/model.ts'
import type { Policy, PolicyPreview, PolicyRun, PreviewStep } from '../core/contract/policy.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { formatInstant } from './instant.ts'
import { safeName, table } from './table.ts'

/** Step by step, and in sum. */
export function previewText(view: LibraryView, preview: PolicyPreview): string {
  const rows = preview.steps.map((step) => [
    formatInstant(step.at),
    safeName(step.keptBy ?? ''),
    String(step.takenOf.length),
    step.deleted.map(({ snapshotId }) => snapshotText(view, snapshotId)).join(', '),
    returnedText(step),
  ])
  const steps = table(
    [
      { heading: 'When' },
      { heading: 'Schedule' },
      { heading: 'Taken', isFigure: true },
      { heading: 'Deleted' },
      { heading: 'Released', isFigure: true },
    ],
    rows,
  )
  const sum =
    `${preview.takenCount} taken and ${preview.deletedCount} deleted` +
    ` until ${formatInstant(preview.until)}${preview.isCut ? ', and more' : ''}.`
  return [steps, sum, ...keptLines(view, preview)].join('\n')
}

function returnedText({ deleted, releasedBytes }: PreviewStep): string {
  if (deleted.length === 0) return ''
  return releasedBytes === null ? 'depends' : formatSize(releasedBytes)
}

/** What its first run will do. */
export function firstText(view: LibraryView, preview: PolicyPreview): string {
  const first = preview.steps.find(({ takenOf }) => takenOf.length > 0)
  const { firstDeletion: plan, volumeIds } = preview
  const run =
    first === undefined
      ? `It takes nothing until ${formatInstant(preview.until)}.`
      : `It runs at ${formatInstant(first.at)}: snapshots of ${volumeIds.length} ${volumeIds.length === 1 ? 'volume' : 'volumes'}.`
  const names = plan?.snapshotIds.map((id) => snapshotText(view, id)).join(', ')
  const returned =
    plan === null || !preview.isFirstDeletionKnown
      ? 'what comes back depends on what is taken then'
      : `${formatSize(plan.releasedBytes)} come back`
  const deletion =
    plan === null
      ? 'Nothing that is there goes by then.'
      : `By then it deletes ${names}, and ${returned}.`
  return [run, deletion, ...keptLines(view, preview)].join('\n')
}

function keptLines(view: LibraryView, { kept }: PolicyPreview): string[] {
  return kept.map(
    ({ snapshotId, reason }) => `${snapshotText(view, snapshotId)} stays: ${reason.message}`,
  )
}

/** What a run did, and what it could not do. */
export function runText(view: LibraryView, run: PolicyRun): string {
  const volumeNames = new Map(view.volumes.map(({ volumeId, name }) => [volumeId, name]))
  const taken = run.takenIds.map((id) => snapshotText(view, id)).join(', ') || 'nothing'
  return [
    `${safeName(run.description)}: took ${taken}, deleted ${run.deletedIds.length}`,
    ...run.failures.map(
      ({ volumeId, reason }) =>
        `  no snapshot of ${safeName(volumeNames.get(volumeId) ?? volumeId)}: ${reason.message}`,
    ),
    ...run.kept.map(
      ({ snapshotId, reason }) => `  ${snapshotText(view, snapshotId)} stays: ${reason.message}`,
    ),
  ].join('\n')
}

/** By its name; one that is to come has none. */
function snapshotText({ snapshots }: LibraryView, id: string | null): string {
  if (id === null) return 'one to come'
  return safeName(snapshots.find(({ snapshotId }) => snapshotId === id)?.name ?? id)
}

/** Whether it is on. */
export function stateText(policy: Policy): string {
  const name = safeName(policy.description)
  return policy.state === 'disabled'
    ? `Policy ${name} is off`
    : `Policy ${name} is on and runs ${nextText(policy)}`
}

/** When it runs next. */
export function nextText({ nextRunAt, state }: Policy): string {
  if (nextRunAt !== null) return formatInstant(nextRunAt)
  return state === 'disabled' ? '-' : 'never again'
}
