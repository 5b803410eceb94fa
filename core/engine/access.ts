import { isListed, type SnapshotRow } from '../catalog/snapshot-row.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import type { RegionName, SnapshotId, VolumeId } from '../contract/ids.ts'
import { granteesOf } from './grantees.ts'
import type { Library } from './library.ts'

/*
 * What the account that asks may reach: its own things; of others' the completed snapshots that are
 * shared with it, to read. Whatever else there is does not exist for it. Verbs come here by way of
 * `Library.snapshotRow` and its like; work on the library as a whole does not ask.
 */

/** Its own in any state; of others' what is completed and shared, or lent for the work under way. */
export function mayRead(library: Library, row: SnapshotRow): boolean {
  const { asker } = library
  if (row.ownerId === asker.account) return true
  if (row.state !== 'completed') return false
  return asker.isLent(row.id) || isShared(library, row, asker.account)
}

/** Own ones in any state, and those of others that are shared. Oldest first. */
export function snapshotsInReach(library: Library): SnapshotRow[] {
  return [...library.snapshotRows().values()].filter((row) => mayRead(library, row))
}

/** In any state, oldest first. */
export function ownSnapshots(library: Library): SnapshotRow[] {
  const { account } = library
  return [...library.snapshotRows().values()].filter(({ ownerId }) => ownerId === account)
}

/** Removed ones too, oldest first. */
export function ownVolumes(library: Library): VolumeRow[] {
  const { account } = library
  return [...library.volumeRows().values()].filter(({ ownerId }) => ownerId === account)
}

/**
 * @throws StrataError InvalidSnapshot.NotFound for one that is deleted, too; OperationNotPermitted for one
 *   that may only be read
 */
export function ownSnapshot(library: Library, id: SnapshotId): SnapshotRow {
  const row = snapshotInReach(library, id)
  if (row.ownerId === library.account) return row
  throw new StrataError('OperationNotPermitted', {
    problem: `The snapshot '${id}' belongs to account ${row.ownerId} and is only shared with you`,
  })
}

/**
 * @param wanted what is to be made of it: EBS refuses that in words of its own
 * @throws StrataError InvalidSnapshot.NotFound for one that is deleted, too
 */
export function snapshotInReach(library: Library, id: SnapshotId, wanted?: 'volume'): SnapshotRow {
  const row = library.snapshotRows().get(id)
  if (row === undefined || !isListed(row) || !mayRead(library, row)) {
    throw new StrataError('InvalidSnapshot.NotFound', { snapshot: id, wanted })
  }
  return row
}

/** @throws StrataError InvalidVolume.NotFound */
export function ownVolume(library: Library, id: VolumeId): VolumeRow {
  const row = library.volumeRows().get(id)
  if (row?.ownerId === library.account) return row
  throw new StrataError('InvalidVolume.NotFound', { volume: id })
}

/** @throws StrataError SNAPSHOT_FAILED, SNAPSHOT_NOT_READY */
export function completed(row: SnapshotRow): SnapshotRow {
  const { name: snapshot, state, stateMessage } = row
  if (state === 'completed') return row
  if (state === 'error')
    throw new StrataError('SNAPSHOT_FAILED', { snapshot, cause: stateMessage! })
  throw new StrataError('SNAPSHOT_NOT_READY', { snapshot, state })
}

/** @throws StrataError SNAPSHOT_ARCHIVED */
export function usable(row: SnapshotRow): SnapshotRow {
  if (row.tier === 'standard') return row
  throw new StrataError('SNAPSHOT_ARCHIVED', { snapshot: row.name })
}

/**
 * Whether its blocks may be read and compared: those of own ones, and of what is shared with the account
 * itself. Of what is only public others may make volumes and copies, as with EBS's direct APIs.
 */
export function hasDirectReads(library: Library, { id, ownerId }: SnapshotRow): boolean {
  const { account } = library
  return ownerId === account || granteesOf(library, id).has(account)
}

/** @throws StrataError ValidationException for one without direct reads */
export function direct(library: Library, row: SnapshotRow): SnapshotRow {
  if (hasDirectReads(library, row)) return row
  throw new StrataError('ValidationException', { snapshot: row.name })
}

/** Whether its owner's settings keep others from a snapshot, or an image, that is public. */
export function isPublicBlocked(
  library: Library,
  { ownerId, region }: { readonly ownerId: AccountId; readonly region: RegionName },
): boolean {
  return library.publicAccess.get(ownerId, region) === 'block-all-sharing'
}

function isShared(library: Library, row: SnapshotRow, account: AccountId): boolean {
  const grantees = granteesOf(library, row.id)
  return grantees.has(account) || (grantees.has('all') && !isPublicBlocked(library, row))
}
