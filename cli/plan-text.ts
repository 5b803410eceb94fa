import type { DeletionPlan } from '../core/contract/deletion.ts'
import type { LibraryView, Snapshot } from '../core/contract/model.ts'
import { newestAmong, newestCopyWarning } from '../core/contract/newest-copy-text.ts'
import { printable } from '../core/contract/show.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { snapshotName, volumeName } from './describe.ts'
import { formatInstant } from './instant.ts'
import { facts } from './table.ts'

/** What a deletion does, or did. */
export function planText(view: LibraryView, plan: DeletionPlan, isDone: boolean): string {
  const names = plan.snapshotIds.map((id) => snapshotName(view, id)).join(', ')
  const surplus =
    plan.surplusBytes > 0
      ? ` (${formatSize(plan.surplusBytes)} of it only because they go together)`
      : ''
  const lines = [
    `${isDone ? 'Deleted' : 'Deleting'} ${names}`,
    facts([
      [
        isDone ? 'Released' : 'Releases',
        `${formatSize(plan.releasedBytes)}${surplus}${whenReleased(plan)}`,
      ],
      [isDone ? 'Kept' : 'Keeps', `${formatSize(plan.keptBytes)} that other snapshots read`],
      [
        'Stored',
        `${formatSize(plan.storedBytesBefore)} before, ${formatSize(plan.storedBytesAfter)} after`,
      ],
    ]),
  ]
  for (const { volumeId, heldBytes } of plan.heldBy) {
    const held = formatSize(heldBytes)
    lines.push(`${held} held by volume ${volumeName(view, volumeId)} while it loads`)
  }
  for (const heir of plan.heirs) {
    const verb = isDone ? 'inherited' : 'inherits'
    const name = snapshotName(view, heir.snapshotId)
    lines.push(`${name} ${verb} ${formatSize(heir.inheritedBytes)}`)
  }
  const warning = newestCopyWarning(newestOf(view, plan), isDone)
  if (warning !== null) lines.push(printable(warning))
  for (const { snapshotId, exitsAt } of plan.binned) {
    const name = snapshotName(view, snapshotId)
    if (plan.pendingIds.includes(snapshotId)) {
      lines.push(`${name} goes to the Recycle Bin when it is complete`)
      continue
    }
    lines.push(
      `${name} ${isDone ? 'is' : 'stays'} in the Recycle Bin until ${formatInstant(exitsAt)}`,
    )
  }
  for (const { snapshotId, reason } of plan.pinned) {
    lines.push(`${snapshotName(view, snapshotId)} cannot be deleted: ${reason.message}`)
  }
  return lines.join('\n')
}

/** Which of them are the newest copy in their region. */
export function newestOf({ snapshots, newestCopies }: LibraryView, plan: DeletionPlan): Snapshot[] {
  const doomed = new Set(plan.snapshotIds)
  return newestAmong(
    snapshots.filter(({ snapshotId }) => doomed.has(snapshotId)),
    newestCopies,
  )
}

/** What of it waits for the Recycle Bin; of what is pending nobody knows yet how much comes back. */
function whenReleased({
  binned,
  pendingIds,
  releasedBytes,
  releasedNowBytes,
}: DeletionPlan): string {
  const pending = new Set(pendingIds)
  const isLater = binned.some(({ snapshotId }) => !pending.has(snapshotId))
  if (!isLater || releasedNowBytes === releasedBytes) return ''
  if (releasedNowBytes === 0) return ', all of it after the Recycle Bin'
  return `, ${formatSize(releasedNowBytes)} of it now, the rest after the Recycle Bin`
}
