import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { DeletionId, RegionName, SnapshotId, VolumeId } from '../contract/ids.ts'
import { StorageTier } from '../contract/tiering.ts'

/**
 * A node of the lineage once it is completed. `deleted` ones stay while others read through them, or
 * until reclaimed; one that had failed before is `deleted`, too, and was never completed.
 */
export const SnapshotRow = z.strictObject({
  id: SnapshotId,
  name: z.string(),
  description: z.string(),
  volumeId: VolumeId,
  /** Its parent is of the same owner. */
  ownerId: AccountId,
  /** Where its blocks lie; its parent lies there too. */
  region: RegionName,
  /** The snapshot that it is a copy of, even if that is gone. */
  copiedFrom: SnapshotId.nullable(),
  parentId: SnapshotId.nullable(),
  /** recoverable: in the Recycle Bin. */
  state: z.enum(['pending', 'completed', 'error', 'recoverable', 'deleted']),
  /** Why it failed; null for what did not. */
  stateMessage: z.string().nullable(),
  startedAt: z.int(),
  completedAt: z.int().nullable(),
  volumeSizeBytes: z.int(),
  /** Of a pending one: it goes as soon as it is completed. */
  deletionId: DeletionId.nullable(),
  /** Of a copy that was to be there within so many. */
  completionMinutes: z.int().nullable(),
  /** Of what is in the Recycle Bin. */
  binEnteredAt: z.int().nullable(),
  binExitsAt: z.int().nullable(),
  /** The number of the key that the blocks it added are sealed with; null: they are plain. */
  dataKey: z.int().nullable(),
  /** That of the volume it goes back to under the same key; null: it is plain. */
  originKey: z.int().nullable(),
  /** archive: a root of its own, which nothing reads. */
  tier: StorageTier,
  /** Of a deleted one: it stands for one that went to the archive. */
  isLeftByArchiving: z.int().transform(Boolean),
})
export type SnapshotRow = z.infer<typeof SnapshotRow>

/** Neither deleted nor in the Recycle Bin: what people are shown. */
export function isListed({ state }: SnapshotRow): boolean {
  return state !== 'deleted' && state !== 'recoverable'
}

/** What is known of one when it is begun. */
export type NewSnapshot = Omit<
  SnapshotRow,
  | 'state'
  | 'stateMessage'
  | 'completedAt'
  | 'deletionId'
  | 'completionMinutes'
  | 'binEnteredAt'
  | 'binExitsAt'
  | 'dataKey'
  | 'originKey'
  | 'tier'
  | 'isLeftByArchiving'
> &
  Partial<Pick<SnapshotRow, 'completionMinutes'>>

/** What is selected of the table to be a SnapshotRow. */
export const SNAPSHOT_COLUMNS = `
  id, name, description, volume_id AS volumeId, owner_id AS ownerId, region, copied_from AS copiedFrom,
  parent_id AS parentId, iif(bin_exits_at IS NULL, state, 'recoverable') AS state,
  state_message AS stateMessage, started_at AS startedAt,
  completed_at AS completedAt, volume_size_bytes AS volumeSizeBytes, deletion_id AS deletionId,
  completion_minutes AS completionMinutes, bin_entered_at AS binEnteredAt,
  bin_exits_at AS binExitsAt, data_key AS dataKey, origin_key AS originKey, tier,
  is_left_by_archiving AS isLeftByArchiving`
