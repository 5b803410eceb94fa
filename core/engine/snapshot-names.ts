import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import type { RegionName, VolumeId } from '../contract/ids.ts'
import type { Library } from './library.ts'
import { checkName, freeName } from './names.ts'

type Place = {
  readonly volumeId: VolumeId
  readonly ownerId: AccountId
  readonly region: RegionName
}

/** What is deleted, or failed, leaves its name to others. */
export function hasName(row: SnapshotRow | undefined): boolean {
  return row?.state === 'pending' || row?.state === 'completed'
}

/** Those have different names: the snapshots of a volume that an account has in one region. */
export function namedBeside(library: Library, { volumeId, ownerId, region }: Place): SnapshotRow[] {
  return [...library.snapshotRows().values()]
    .filter((row) => row.volumeId === volumeId && row.region === region)
    .filter((row) => row.ownerId === ownerId && hasName(row))
}

/**
 * The name of a new snapshot: what was wished for, else a free one like `otherwise`.
 *
 * @throws StrataError NAME_REFUSED, NAME_TAKEN
 */
export function newSnapshotName(
  library: Library,
  place: Place,
  wish: string | undefined,
  otherwise: string,
): string {
  const taken = new Set(namedBeside(library, place).map((row) => row.name))
  if (wish === undefined) return freeName(otherwise, taken)
  const name = checkName(wish)
  if (taken.has(name)) {
    throw new StrataError('NAME_TAKEN', { name, kind: 'snapshot of this volume' })
  }
  return name
}
