import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { AccountId } from '../contract/account.ts'
import type { KeyId, RegionName, SnapshotId, VolumeId } from '../contract/ids.ts'
import { ownSnapshots } from '../engine/access.ts'
import { type Chosen, keyOfSnapshot } from '../engine/encryption-choice.ts'
import type { Library } from '../engine/library.ts'
import { ownKeyOf } from '../engine/master-key.ts'

/** What a copy is laid over, and so what has to move. */
export type CopyBase =
  /** Same owner and region: nothing moves, the copy reads the source's blocks. */
  | { kind: 'source'; id: SnapshotId }
  /** The newest copy of the same volume's snapshots in that region, which is still there. */
  | { kind: 'copy'; id: SnapshotId }
  /** Everything moves. */
  | { kind: 'none'; because: 'first-copy' | 'newest-copy-deleted' | 'other-key' }

/** Under which key a copy will be: null is plain, `new` one that is not made yet. */
export type CopyKey = KeyId | 'new' | null

/** Own copies that the next one to their region would be laid over. */
export function newestCopies(library: Library): SnapshotId[] {
  const living = ownSnapshots(library).filter(isUsable)
  const ids = new Set(living.map(({ id }) => id))
  return library.copies.allNewest().filter((id) => ids.has(id))
}

/**
 * EBS's rule: incremental to the newest copy that this account made there, and to no older one.
 *
 * All copies of the volume there have to be under the copy's key, or as plain as it is.
 *
 * @param owner of the copy
 */
export function copyBaseOf(
  library: Library,
  source: SnapshotRow,
  owner: AccountId,
  region: RegionName,
  key: CopyKey,
): CopyBase {
  const isAtHome = source.ownerId === owner && source.region === region
  if (isAtHome && keyOfSnapshot(library, source) === key) return { kind: 'source', id: source.id }
  const newest = library.copies.newest(source.volumeId, owner, region)
  if (newest === null) return { kind: 'none', because: isAtHome ? 'other-key' : 'first-copy' }
  const isThere = isUsable(library.snapshotRows().get(newest))
  if (!isThere) return { kind: 'none', because: 'newest-copy-deleted' }
  const isUnderKey = movedCopies(library, source.volumeId, owner, region).every(
    (copy) => keyOfSnapshot(library, copy) === key,
  )
  return isUnderKey ? { kind: 'copy', id: newest } : { kind: 'none', because: 'other-key' }
}

/** Copies that data moved for: not those at home, where they read the blocks of the volume's snapshots. */
function movedCopies(
  library: Library,
  volumeId: VolumeId,
  owner: AccountId,
  region: RegionName,
): SnapshotRow[] {
  return [...library.snapshotRows().values()].filter(
    (row) =>
      row.state === 'completed' &&
      row.copiedFrom !== null &&
      !isOfVolume(library, row) &&
      row.volumeId === volumeId &&
      row.ownerId === owner &&
      row.region === region,
  )
}

/** Under the owner, in the region and in the lineage of keys of the volume itself. */
function isOfVolume(
  library: Library,
  { volumeId, ownerId, region, originKey }: SnapshotRow,
): boolean {
  const home = library.volumeRows().get(volumeId)
  return home?.ownerId === ownerId && home.region === region && home.originKey === originKey
}

/** The key that a choice comes to, as far as it can be told before keys are open. */
export function keyOfChoice(library: Library, choice: Chosen, region: RegionName): CopyKey {
  if (choice.kind === 'plain') return null
  if (choice.kind === 'key') return choice.keyId
  return ownKeyOf(library, library.account, region)?.id ?? 'new'
}

/** An archived one is there, but not for copies to be laid over. */
function isUsable(row: SnapshotRow | undefined): boolean {
  return row?.state === 'completed' && row.tier === 'standard'
}
