import { StrataError } from '../contract/errors.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { Context } from './context.ts'
import { causeOf, snapshotFailed } from './notifications.ts'

/**
 * Ends a snapshot that was begun and is not going to be, and tells why. One that failed stays in the
 * state error; of one that was cancelled nothing does.
 */
export function giveUp({ library, clock }: Context, id: SnapshotId, error: unknown): void {
  const rows = library.snapshotRows()
  const row = rows.get(id)
  if (row?.state !== 'pending') return
  const cause = causeOf(error)
  library.tellFailure(snapshotFailed(row, rows, clock(), cause), {
    kind: 'snapshot',
    id,
    message: isCancelled(error) ? null : cause,
  })
}

export function isCancelled(error: unknown): boolean {
  return error instanceof StrataError && error.code === 'JOB_CANCELLED'
}
