import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import type { RegionName, VolumeId } from '../contract/ids.ts'
import type { Library } from './library.ts'
import { checkName, freeName } from './names.ts'

/** What is deleted, or failed, leaves its name to others. */
export function hasName(row: SnapshotRow | undefined): boolean {
  return row?.state === 'pending' || row?.state === 'completed'
}

/**
 * The name of a new snapshot: what was wished for, else a free one like `otherwise`. The snapshots
 * of a volume that an account has in one region have different names.
 *
 * @throws StrataError NAME_REFUSED, NAME_TAKEN
 */
export function newSnapshotName(
  library: Library,
  { volumeId, ownerId, region }: { volumeId: VolumeId; ownerId: AccountId; region: RegionName },
  wish: string | undefined,
  otherwise: string,
): string {
  const taken = new Set(
    [...library.snapshotRows().values()]
      .filter((row) => row.volumeId === volumeId && row.region === region)
      .filter((row) => row.ownerId === ownerId && hasName(row))
      .map((row) => row.name),
  )
  if (wish === undefined) return freeName(otherwise, taken)
  const name = checkName(wish)
  if (taken.has(name)) {
    throw new StrataError('NAME_TAKEN', { name, kind: 'snapshot of this volume' })
  }
  return name
}
