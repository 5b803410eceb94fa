import type { SnapshotId } from '../contract/ids.ts'
import type { Context } from './context.ts'
import { causeOf, snapshotFailed } from './notifications.ts'

/** Forgets a snapshot that was begun and is not going to be, and tells why. */
export function giveUp({ library, clock }: Context, id: SnapshotId, error: unknown): void {
  const rows = library.snapshotRows()
  const row = rows.get(id)
  if (row?.state !== 'pending') return
  library.tellFailure(snapshotFailed(row, rows, clock(), causeOf(error)), id)
}
