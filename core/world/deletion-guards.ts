import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Pin } from '../contract/deletion.ts'
import { type StrataError, toWire } from '../contract/errors.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { Context } from '../engine/context.ts'
import { imageGuard } from './images.ts'
import { lockGuard } from './locks.ts'

/** @returns why the snapshot may not be deleted now, as its refusal; null: for no such reason */
export type DeletionGuard = (context: Context, row: SnapshotRow) => StrataError | null

/** Everything that can keep a snapshot. An entry here is the only way to add one. */
const guards: readonly DeletionGuard[] = [lockGuard, imageGuard]

/** The reason that comes first, of each that has one. */
export function pinsOf(context: Context, ids: readonly SnapshotId[]): Pin[] {
  return ids.flatMap((snapshotId) => {
    const reason = refusalOf(context, context.library.snapshotRow(snapshotId))
    return reason === null ? [] : [{ snapshotId, reason: toWire(reason) }]
  })
}

/** @throws StrataError the first reason why one of them may not be deleted */
export function assertUnpinned(context: Context, ids: readonly SnapshotId[]): void {
  for (const id of ids) {
    const refusal = refusalOf(context, context.library.snapshotRow(id))
    if (refusal !== null) throw refusal
  }
}

/** @param except a guard that is not asked */
export function refusalOf(
  context: Context,
  row: SnapshotRow,
  except?: DeletionGuard,
): StrataError | null {
  for (const guard of guards) {
    if (guard === except) continue
    const refusal = guard(context, row)
    if (refusal !== null) return refusal
  }
  return null
}
