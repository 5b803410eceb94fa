import type { Snapshot, Volume } from '../contract/model.ts'
import type { Library } from './library.ts'

/**
 * Volumes that snapshots in reach name and that belong to others: as far as these snapshots tell,
 * which is an id and a size. Nothing can be done to them.
 */
export function foreignVolumes(library: Library, snapshots: readonly Snapshot[]): Volume[] {
  const { account } = library
  const rows = library.volumeRows()
  const firsts = new Map<string, Snapshot>()
  for (const snapshot of snapshots) {
    if (!firsts.has(snapshot.volumeId)) firsts.set(snapshot.volumeId, snapshot)
  }
  return [...firsts.values()].flatMap((first): Volume[] => {
    const { volumeId, region, startedAt } = first
    const row = rows.get(volumeId)
    const ownerId = row?.ownerId ?? first.ownerId
    if (ownerId === account) return []
    const all = snapshots.filter((snapshot) => snapshot.volumeId === volumeId)
    return [
      {
        volumeId,
        name: volumeId,
        ownerId,
        region,
        kind: row?.kind ?? 'managed',
        identity: row?.kind === 'linked' ? 'content' : 'write',
        sizeBytes: Math.max(...all.map(({ volumeSizeBytes }) => volumeSizeBytes)),
        format: 'raw',
        snapshotCount: all.filter(({ copiedFrom }) => copiedFrom === null).length,
        createdAt: startedAt,
        originId: null,
        source: null,
        load: null,
        head: { baseId: null, dataBytes: null, changedBytes: null },
        isRemoved: true,
        isToBeRemoved: false,
        encryption: null,
        tags: [],
      },
    ]
  })
}
