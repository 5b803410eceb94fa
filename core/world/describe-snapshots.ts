import type { AccountId } from '../contract/account.ts'
import type { Input } from '../contract/calls.ts'
import {
  type DescribedSnapshot,
  type DescribedSnapshots,
  NO_VOLUME,
} from '../contract/described-snapshot.ts'
import { StrataError } from '../contract/errors.ts'
import type { Snapshot } from '../contract/model.ts'

const GIB = 2 ** 30

/**
 * What EC2 would say to an account about these of the snapshots, in the order in which they are asked for; or about
 * all of them, oldest first.
 *
 * @throws StrataError InvalidSnapshot.NotFound
 */
export function describeSnapshots(
  snapshots: readonly Snapshot[],
  account: AccountId,
  { snapshotIds }: Input<'describeSnapshots'>,
): DescribedSnapshots {
  if (snapshotIds === undefined)
    return { Snapshots: snapshots.map((one) => describedSnapshot(one, account)) }
  const byId = new Map(snapshots.map((snapshot) => [snapshot.snapshotId, snapshot]))
  return {
    Snapshots: [...new Set(snapshotIds)].map((id) => {
      const snapshot = byId.get(id)
      if (snapshot === undefined) {
        throw new StrataError('InvalidSnapshot.NotFound', { snapshot: id })
      }
      return describedSnapshot(snapshot, account)
    }),
  }
}

function describedSnapshot(snapshot: Snapshot, account: AccountId): DescribedSnapshot {
  const isCopy = snapshot.copiedFrom !== null
  const isCompleted = snapshot.state === 'completed'
  return {
    SnapshotId: snapshot.snapshotId,
    VolumeId: isCopy ? NO_VOLUME : snapshot.volumeId,
    State: snapshot.state,
    ...(snapshot.stateMessage !== null && { StateMessage: snapshot.stateMessage }),
    StartTime: new Date(snapshot.startedAt).toISOString(),
    ...(snapshot.completedAt !== null && {
      CompletionTime: new Date(snapshot.completedAt).toISOString(),
    }),
    Progress: `${snapshot.progress}%`,
    OwnerId: snapshot.ownerId,
    VolumeSize: isCopy && !isCompleted ? 0 : Math.ceil(snapshot.volumeSizeBytes / GIB),
    ...(isCompleted && { FullSnapshotSizeInBytes: snapshot.fullBytes }),
    Description: snapshot.description,
    Encrypted: snapshot.encryption !== null,
    ...(snapshot.encryption !== null && {
      KmsKeyId: `arn:aws:kms:${snapshot.region}:${snapshot.ownerId}:key/${snapshot.encryption.keyId}`,
      DataEncryptionKeyId: snapshot.encryption.dataKeyId,
    }),
    StorageTier: snapshot.tiering?.tier ?? 'standard',
    ...(snapshot.tiering?.restoreExpiresAt != null && {
      RestoreExpiryTime: new Date(snapshot.tiering.restoreExpiresAt).toISOString(),
    }),
    ...(isCopy && transferOf(snapshot)),
    Tags: [
      // To EC2 the name is a tag of its owner's.
      ...(snapshot.ownerId === account ? [{ Key: 'Name', Value: snapshot.name }] : []),
      ...snapshot.tags.map(({ key, value }) => ({ Key: key, Value: value })),
    ],
  }
}

function transferOf({
  completionMinutes,
}: Snapshot): Pick<DescribedSnapshot, 'TransferType' | 'CompletionDurationMinutes'> {
  return completionMinutes === null
    ? { TransferType: 'standard' }
    : { TransferType: 'time-based', CompletionDurationMinutes: completionMinutes }
}
