import type { SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import type { Image } from '../../core/contract/image.ts'
import type { LibraryView, Snapshot, Volume } from '../../core/contract/model.ts'
import { joinNames } from '../words/names.ts'
import { hasRegions, namerOf } from './lanes.ts'

/** The volumes that descend from one another by way of snapshots, in order of creation. */
export function volumesOfTree(library: LibraryView, volumeId: VolumeId): Volume[] {
  const volumeOf = new Map<SnapshotId, VolumeId>()
  for (const s of library.snapshots) volumeOf.set(s.snapshotId, s.volumeId)
  for (const r of library.remnants) volumeOf.set(r.snapshotId, r.volumeId)
  const byId = new Map(library.volumes.map((v) => [v.volumeId, v]))
  const rootOf = (volume: Volume): VolumeId => {
    const seen = new Set<VolumeId>()
    let at = volume
    while (at.originId !== null && !seen.has(at.volumeId)) {
      seen.add(at.volumeId)
      const above = byId.get(volumeOf.get(at.originId) ?? at.volumeId)
      if (above === undefined || above === at) break
      at = above
    }
    return at.volumeId
  }
  const shown = byId.get(volumeId)
  if (shown === undefined) return []
  const root = rootOf(shown)
  return library.volumes.filter((volume) => rootOf(volume) === root)
}

/** Every snapshot of the volume's tree, oldest first. */
export function snapshotsOfTree(library: LibraryView, volumeId: VolumeId): Snapshot[] {
  const ids = new Set(volumesOfTree(library, volumeId).map((v) => v.volumeId))
  return library.snapshots.filter((s) => ids.has(s.volumeId))
}

/** Those that an image maps, as far as the account that looks sees them. */
export function snapshotsBehind(library: LibraryView, { mappings }: Image): Snapshot[] {
  const mapped = new Set(mappings.map(({ snapshotId }) => snapshotId))
  return library.snapshots.filter(({ snapshotId }) => mapped.has(snapshotId))
}

export function volumeById(library: LibraryView | null, id: VolumeId | null): Volume | undefined {
  return library?.volumes.find((v) => v.volumeId === id)
}

/** Volumes whose next state can be another file. */
export function linkedVolumes(library: LibraryView | null): Volume[] {
  return library?.volumes.filter((v) => v.kind === 'linked' && !v.isRemoved) ?? []
}

export function snapshotById(library: LibraryView | null, id: SnapshotId): Snapshot | undefined {
  return library?.snapshots.find((s) => s.snapshotId === id)
}

/** Names for sentences, in order of start; an id where a name is no longer known. */
export function namesOf(library: LibraryView | null, ids: readonly SnapshotId[]): string[] {
  const wanted = new Set(ids)
  const known = library?.snapshots.filter((s) => wanted.delete(s.snapshotId)) ?? []
  const remnants = library?.remnants.filter((r) => wanted.delete(r.snapshotId)) ?? []
  const nodes = [...known, ...remnants]
  return [...nodes.map(namerOf(nodes)), ...wanted]
}

/** What to call a snapshot or a volume, living or not; the id itself where nobody knows a name. */
export function nameOfId(library: LibraryView | null): (id: string) => string {
  const nodes = [...(library?.snapshots ?? []), ...(library?.remnants ?? [])]
  const names = new Map<string, string>([
    ...nodes.map((node): [string, string] => [node.snapshotId, node.name]),
    ...(library?.volumes ?? []).map((volume): [string, string] => [volume.volumeId, volume.name]),
  ])
  return (id) => names.get(id) ?? id
}

/** What a sentence is about: "B and C"; where there are several regions, "C in eu-west-1". */
export function subjectOf(library: LibraryView | null, ids: readonly SnapshotId[]): string {
  const wanted = new Set(ids)
  const known = library?.snapshots.filter((s) => wanted.has(s.snapshotId)) ?? []
  const [region, ...more] = new Set(known.map((s) => s.region))
  const isTold = hasRegions(library) && region !== undefined && more.length === 0
  return `${joinNames(namesOf(library, ids))}${isTold ? ` in ${region}` : ''}`
}

/** What to call a snapshot: with its volume and its region where there are several. */
export function fullNameIn(library: LibraryView | null): (id: SnapshotId) => string {
  const hasSeveral = (library?.volumes.length ?? 0) > 1
  return (id) => {
    const snapshot = snapshotById(library, id)
    if (snapshot === undefined) return id
    const volume = volumeById(library, snapshot.volumeId)
    const of = hasSeveral && volume !== undefined ? ` of ${volume.name}` : ''
    return `${snapshot.name}${of}${hasRegions(library) ? ` in ${snapshot.region}` : ''}`
  }
}
