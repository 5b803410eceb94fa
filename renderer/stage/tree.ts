import type {
  LibraryView,
  Remnant,
  Snapshot,
  SnapshotId,
  Volume,
  VolumeId,
} from '../../core/contract/model.ts'

/** A volume with its clones: what shares one order of columns and one address axis. */
export type VolumeTree = {
  /** One lane each, the oldest first; a clone comes after the volume it was made from. */
  readonly volumes: readonly Volume[]
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[]
  /** Deleted snapshots whose blocks are still read. */
  readonly remnants: readonly Remnant[]
}

/** The tree that `volumeId` belongs to; empty when there is no such volume. */
export function treeOf(library: LibraryView, volumeId: VolumeId): VolumeTree {
  const volumeOfSnapshot = new Map<SnapshotId, VolumeId>()
  for (const { snapshotId, volumeId: of } of [...library.snapshots, ...library.remnants]) {
    volumeOfSnapshot.set(snapshotId, of)
  }
  const parentOf = new Map<VolumeId, VolumeId>()
  for (const volume of library.volumes) {
    const from = volume.originId === null ? undefined : volumeOfSnapshot.get(volume.originId)
    if (from !== undefined) parentOf.set(volume.volumeId, from)
  }
  const root = rootOf(volumeId, parentOf)
  const volumes = inLaneOrder(
    library.volumes.filter((volume) => rootOf(volume.volumeId, parentOf) === root),
    parentOf,
  )
  const ids = new Set(volumes.map((volume) => volume.volumeId))
  return {
    volumes,
    snapshots: library.snapshots.filter((snapshot) => ids.has(snapshot.volumeId)),
    remnants: library.remnants.filter((r) => ids.has(r.volumeId) && r.heldBytes > 0),
  }
}

function rootOf(volumeId: VolumeId, parentOf: ReadonlyMap<VolumeId, VolumeId>): VolumeId {
  let id = volumeId
  for (let up = parentOf.get(id); up !== undefined; up = parentOf.get(id)) id = up
  return id
}

/** Each volume, then its clones, so that an elbow crosses as few lanes as it can. */
function inLaneOrder(
  volumes: readonly Volume[],
  parentOf: ReadonlyMap<VolumeId, VolumeId>,
): readonly Volume[] {
  const ids = new Set(volumes.map((volume) => volume.volumeId))
  const byAge = [...volumes].sort((a, b) => a.createdAt - b.createdAt)
  const under = (parent: VolumeId): Volume[] =>
    byAge
      .filter((volume) => parentOf.get(volume.volumeId) === parent)
      .flatMap((volume) => [volume, ...under(volume.volumeId)])
  return byAge
    .filter((volume) => !ids.has(parentOf.get(volume.volumeId) as VolumeId))
    .flatMap((volume) => [volume, ...under(volume.volumeId)])
}
