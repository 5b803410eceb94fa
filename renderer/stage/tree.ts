import type { SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import type { LibraryView, Remnant, Snapshot, Volume } from '../../core/contract/model.ts'
import { isForeign } from '../state/accounts.ts'
import { hasRegions, type Lane, type LaneKey, laneKeyOf, lanesOf } from '../state/lanes.ts'
import { type Mark, marksOf } from '../state/marks.ts'
import { volumesOfTree } from '../state/tree.ts'
import type { ColumnEntry } from './columns.ts'
import { headKey } from './lanes/lane-view.ts'

/** A volume with its clones: what shares one order of columns and one address axis. */
export type VolumeTree = {
  readonly volumes: readonly Volume[]
  /** Top to bottom. */
  readonly lanes: readonly Lane[]
  /** The library has several regions: lanes say theirs. */
  readonly hasRegions: boolean
  /** Of other accounts: what is seen of them is shared. */
  readonly foreign: ReadonlySet<VolumeId | SnapshotId>
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[]
  /** Deleted snapshots whose blocks are still read. */
  readonly remnants: readonly Remnant[]
  readonly byId: ReadonlyMap<SnapshotId, Snapshot>
  readonly remnantById: ReadonlyMap<SnapshotId, Remnant>
  readonly childrenOf: ReadonlyMap<SnapshotId, readonly Snapshot[]>
  /** The snapshots of a lane, oldest first. */
  readonly laneOf: ReadonlyMap<LaneKey, readonly Snapshot[]>
  /** From 1, in the lane. */
  readonly numberOf: ReadonlyMap<SnapshotId, number>
  /** Of those that have any. */
  readonly marks: ReadonlyMap<SnapshotId, readonly Mark[]>
}

/** The tree that `volumeId` belongs to; empty when there is no such volume. */
export function treeOf(library: LibraryView, volumeId: VolumeId): VolumeTree {
  const all = volumesOfTree(library, volumeId)
  const ids = new Set(all.map((volume) => volume.volumeId))
  const snapshots = library.snapshots.filter((snapshot) => ids.has(snapshot.volumeId))
  const remnants = library.remnants.filter((r) => ids.has(r.volumeId) && r.heldBytes > 0)
  const lanes = lanesOf(all, [...snapshots, ...remnants], library.regions)
  const used = new Set(lanes.map((lane) => lane.volume))
  const laneOf = new Map<LaneKey, Snapshot[]>(lanes.map(({ key }) => [key, []]))
  for (const snapshot of snapshots) laneOf.get(laneKeyOf(snapshot))?.push(snapshot)
  return {
    volumes: all.filter((volume) => used.has(volume)),
    lanes,
    hasRegions: hasRegions(library),
    foreign: foreignOf(library, all, snapshots),
    snapshots,
    remnants,
    byId: new Map(snapshots.map((snapshot) => [snapshot.snapshotId, snapshot])),
    remnantById: new Map(remnants.map((remnant) => [remnant.snapshotId, remnant])),
    childrenOf: childrenOf(snapshots),
    laneOf,
    numberOf: new Map(
      [...laneOf.values()].flatMap((lane) => lane.map((s, index) => [s.snapshotId, index + 1])),
    ),
    marks: marksOf(library, snapshots, Date.now()),
  }
}

function foreignOf(
  library: LibraryView,
  volumes: readonly Volume[],
  snapshots: readonly Snapshot[],
): ReadonlySet<VolumeId | SnapshotId> {
  return new Set([
    ...volumes.filter((v) => isForeign(library, v)).map((v) => v.volumeId),
    ...snapshots.filter((s) => isForeign(library, s)).map((s) => s.snapshotId),
  ])
}

function childrenOf(snapshots: readonly Snapshot[]): ReadonlyMap<SnapshotId, readonly Snapshot[]> {
  const children = new Map<SnapshotId, Snapshot[]>()
  for (const snapshot of snapshots) {
    if (snapshot.parentId === null) continue
    const siblings = children.get(snapshot.parentId)
    if (siblings) siblings.push(snapshot)
    else children.set(snapshot.parentId, [snapshot])
  }
  return children
}

/** A snapshot or what is left of one: both can be pointed at and chosen. */
export function isNode(tree: VolumeTree, key: string | null): key is SnapshotId {
  if (key === null) return false
  return tree.byId.has(key as SnapshotId) || tree.remnantById.has(key as SnapshotId)
}

/** The lane in which a node or a head stands, counted from above; -1 for none. */
export function lanePlaceOf(tree: VolumeTree, key: string): number {
  const node = tree.byId.get(key as SnapshotId) ?? tree.remnantById.get(key as SnapshotId)
  const laneKey = node && laneKeyOf(node)
  return tree.lanes.findIndex(
    (lane) => lane.key === laneKey || (lane.isHome && headKey(lane.volume.volumeId) === key),
  )
}

/** Without what has no column of its own when columns are squeezed. */
export function withoutRemnants(tree: VolumeTree): VolumeTree {
  return { ...tree, remnants: [], remnantById: new Map() }
}

/** What stands in columns, in order of start. */
export function entriesOf(tree: VolumeTree): readonly ColumnEntry[] {
  const snapshots = tree.snapshots.map((s) => ({ node: s, kind: 'snapshot' as const }))
  const remnants = tree.remnants.map((r) => ({ node: r, kind: 'remnant' as const }))
  return [...snapshots, ...remnants]
    .sort((a, b) => a.node.startedAt - b.node.startedAt)
    .map(({ node, kind }) => ({
      id: node.snapshotId,
      laneKey: laneKeyOf(node),
      region: node.region,
      kind,
    }))
}

/** Snapshots where another lane starts: they stay open when columns are squeezed. */
export function forksOf(tree: VolumeTree): ReadonlySet<SnapshotId> {
  const forks = new Set<SnapshotId>()
  for (const snapshot of tree.snapshots) {
    const parent = snapshot.parentId === null ? undefined : tree.byId.get(snapshot.parentId)
    if (parent && laneKeyOf(parent) !== laneKeyOf(snapshot)) forks.add(parent.snapshotId)
  }
  for (const volume of tree.volumes) {
    if (volume.originId !== null && tree.byId.has(volume.originId)) forks.add(volume.originId)
  }
  return forks
}

/** The snapshots that a lane goes back to, its own and those that its volume was made from. */
export function pathOf(tree: VolumeTree, lane: Lane | undefined): ReadonlySet<SnapshotId> {
  const path = new Set<SnapshotId>()
  if (lane === undefined) return path
  const own = tree.laneOf.get(lane.key) ?? []
  const { head, originId } = lane.volume
  const starts = [...own.map((s) => s.snapshotId), ...(lane.isHome ? [head.baseId, originId] : [])]
  for (const start of starts) {
    let at = start ? tree.byId.get(start) : undefined
    while (at && !path.has(at.snapshotId)) {
      path.add(at.snapshotId)
      at = at.parentId === null ? undefined : tree.byId.get(at.parentId)
    }
  }
  return path
}
