import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import type { RegionName } from '../contract/ids.ts'
import type { Grantee } from '../contract/sharing.ts'
import type { Context } from '../engine/context.ts'
import { keyOfSnapshot } from '../engine/encryption-choice.ts'

/** @returns why the snapshot may not be shared with that grantee, as its refusal; null: it may */
export type SharingGuard = (
  context: Context,
  row: SnapshotRow,
  grantee: Grantee,
) => StrataError | null

/** Everything that can keep a snapshot from being shared. An entry here is the only way to add one. */
const guards: readonly SharingGuard[] = [encryptionGuard, publicAccessGuard]

/** @throws StrataError the first reason against it */
export function assertSharable(context: Context, row: SnapshotRow, grantee: Grantee): void {
  for (const guard of guards) {
    const refusal = guard(context, row, grantee)
    if (refusal !== null) throw refusal
  }
}

/**
 * In EBS's words. An encrypted one can be opened by those that its key is shared with; what everybody
 * may use has none to share, nor has the key that every account gets.
 */
export function encryptionGuard(
  { library }: Context,
  row: SnapshotRow,
  grantee: Grantee,
): StrataError | null {
  const keyId = keyOfSnapshot(library, row)
  if (keyId === null) return null
  if (grantee === 'all') {
    const problem = 'Encrypted snapshots cannot be shared publicly'
    const instead = 'Share it with accounts, by their ids, and its key with them'
    return new StrataError('OperationNotPermitted', { problem, instead })
  }
  if (library.masterKeys.get(keyId)?.manager !== 'strata') return null
  const problem = 'Encrypted snapshots with EBS default key cannot be shared'
  const instead = 'Copy the snapshot under a key of your own, and share the copy and that key'
  return new StrataError('OperationNotPermitted', { problem, instead })
}

/** Of a snapshot, or of an image: what its owner lets be public where it lies. */
export function publicAccessGuard(
  { library }: Context,
  { ownerId, region }: { readonly ownerId: AccountId; readonly region: RegionName },
  grantee: Grantee,
): StrataError | null {
  if (grantee !== 'all' || library.publicAccess.get(ownerId, region) === 'unblocked') return null
  return new StrataError('OperationNotPermitted', {
    problem: `Public sharing is blocked for account ${ownerId} in ${region}`,
  })
}
