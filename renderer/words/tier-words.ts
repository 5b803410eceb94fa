import type { Tiering, TieringStatus } from '../../core/contract/tiering.ts'
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

/** Where a snapshot lies and what was done last to change that; null: nothing worth telling. */
export function tierWords(tiering: Tiering): string | null {
  const place = placeWords(tiering)
  const undone = UNDONE[tiering.status]
  if (undone === undefined) return place
  return place === null ? undone : `${undone}. ${place}`
}

function placeWords({ tier, archivedAt, restoreExpiresAt }: Tiering): string | null {
  if (tier === 'archive') {
    const since = archivedAt === null ? '' : ` since ${formatInstant(archivedAt)}`
    return `Archived${since}: restore it before it is used`
  }
  if (restoreExpiresAt === null) return null
  return `Restored from the archive until ${formatInstant(restoreExpiresAt)}`
}
