import type { Snapshot } from '../../core/contract/model.ts'
import type { Tiering, TieringStatus } from '../../core/contract/tiering.ts'
import { isArchived, restoredUntil } from '../state/tiers.ts'
import { formatBytes } from './byte-format.ts'
import { formatInstant } from './time-format.ts'

/** What is under way between the tiers, or did not come about. */
const UNDONE: { [S in TieringStatus]?: string } = {
  'archival-in-progress': 'On its way to the archive',
  'archival-failed': 'Archiving failed: it stays in the standard tier',
  'temporary-restore-in-progress': 'Being restored from the archive, for some days',
  'temporary-restore-failed': 'Its restore from the archive failed',
  'permanent-restore-in-progress': 'Being restored from the archive, for good',
  'permanent-restore-failed': 'Its restore from the archive failed',
}

export const ARCHIVED_SHARED =
  'It is archived: others can make nothing of it, and it can be shared with nobody more. What is shared can be taken back.'

/** Where a snapshot lies and what was done last to change that; null: nothing worth telling. */
export function tierWords(tiering: Tiering): string | null {
  const place = placeWords(tiering)
  const undone = UNDONE[tiering.status]
  if (undone === undefined) return place
  return place === null ? undone : `${undone}. ${place}`
}

function placeWords(tiering: Tiering): string | null {
  const { archivedAt, restoreExpiresAt } = tiering
  if (isArchived({ tiering })) {
    const since = archivedAt === null ? '' : ` since ${formatInstant(archivedAt)}`
    return `Archived${since}: restore it before it is used`
  }
  if (restoreExpiresAt === null) return null
  return `Restored from the archive until ${formatInstant(restoreExpiresAt)}`
}

/** What a restore from the archive changes, before it is asked for. */
export function restoreWords(
  snapshot: Pick<Snapshot, 'fullBytes' | 'tiering'>,
  isForGood: boolean,
): string {
  const until = restoredUntil(snapshot)
  if (until === null) {
    return `${formatBytes(snapshot.fullBytes)} come back to the standard tier, whole: a restored snapshot borrows nothing.`
  }
  const now = `It is in the standard tier already, until ${formatInstant(until)}: nothing is moved or retrieved again.`
  return isForGood
    ? `${now} It stays there, and what the archive has of it goes.`
    : `${now} Its days are counted anew from now.`
}
