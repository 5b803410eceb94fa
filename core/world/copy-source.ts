import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { StrataError } from '../contract/errors.ts'
import { type SnapshotId, VolumeId } from '../contract/ids.ts'
import { mayRead } from '../engine/access.ts'
import type { Library } from '../engine/library.ts'

/** What a copy takes over from its source. */
export type CopySource = Pick<
  SnapshotRow,
  'id' | 'name' | 'volumeId' | 'startedAt' | 'volumeSizeBytes'
>

/** The volume of a copy whose source nobody knows: there is none. */
const NOBODYS_VOLUME = VolumeId.parse('vol-fffffffffffffffff')

/**
 * What is known of a snapshot that is to be copied, and why it cannot be. As in EBS the request is
 * taken all the same, and its copy fails.
 */
export function copySourceOf(
  library: Library,
  id: SnapshotId,
): { source: CopySource; problem: StrataError | null } {
  const row = library.snapshotRows().get(id)
  if (row === undefined || !mayRead(library, row)) {
    const name = `copy of ${id}`
    const source = { id, name, volumeId: NOBODYS_VOLUME, startedAt: 0, volumeSizeBytes: 0 }
    return { source, problem: new StrataError('SOURCE_NOT_FOUND', { snapshot: id }) }
  }
  return { source: row, problem: problemOf(row) }
}

/** @throws StrataError SOURCE_NOT_FOUND, SOURCE_NOT_COMPLETE */
export function copiedRow(library: Library, id: SnapshotId): SnapshotRow {
  const { problem } = copySourceOf(library, id)
  if (problem !== null) throw problem
  return library.readableRow(id)
}

function problemOf({ id, state }: SnapshotRow): StrataError | null {
  if (state === 'deleted' || state === 'recoverable')
    return new StrataError('SOURCE_NOT_FOUND', { snapshot: id })
  if (state === 'completed') return null
  return new StrataError('SOURCE_NOT_COMPLETE', { snapshot: id })
}
