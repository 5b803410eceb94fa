import type { Snapshot, SnapshotId, Volume } from '../../core/contract/model.ts'
import { headKey } from './lanes/lane-view.ts'
import type { VolumeTree } from './tree.ts'

export type MoveKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'

/** @returns whether the key moves the focus in the lanes */
export function isMoveKey(key: string): key is MoveKey {
  return MOVES.has(key)
}

/**
 * Where a key leads from a node: along the lane to parent and child, across lanes to what was there
 * at that time, to the ends of the lane. The same node where there is nothing in that direction.
 *
 * @param from a snapshot's id, or the key of a head
 */
export function moved(tree: VolumeTree, from: string, key: MoveKey): string {
  const at = standAt(tree, from)
  if (at === null) return tree.snapshots.at(-1)?.snapshotId ?? from
  const own = tree.snapshots.filter((s) => s.volumeId === at.volume.volumeId)
  switch (key) {
    case 'Home':
      return own[0]?.snapshotId ?? from
    case 'End':
      return headOf(at.volume) ?? own.at(-1)?.snapshotId ?? from
    case 'ArrowLeft':
      return (at.snapshot ? at.snapshot.parentId : at.volume.head.baseId) ?? from
    case 'ArrowRight':
      return rightOf(tree, at, own) ?? from
    case 'ArrowUp':
      return acrossFrom(tree, at, -1) ?? from
    case 'ArrowDown':
      return acrossFrom(tree, at, 1) ?? from
    default:
      return key satisfies never
  }
}

/** All snapshots between two of one lane, both included; of different lanes: by order of start. */
export function rangeOf(tree: VolumeTree, a: SnapshotId, b: SnapshotId): readonly SnapshotId[] {
  const [first, second] = [tree.byId.get(a), tree.byId.get(b)]
  if (!first || !second) return [b]
  const isOneLane = first.volumeId === second.volumeId
  const ids = tree.snapshots
    .filter((s) => !isOneLane || s.volumeId === first.volumeId)
    .map((s) => s.snapshotId)
  const [from, to] = [ids.indexOf(a), ids.indexOf(b)]
  return ids.slice(Math.min(from, to), Math.max(from, to) + 1)
}

const MOVES: ReadonlySet<string> = new Set<MoveKey>([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
])

/** A node of a lane: a snapshot, or with null the head. */
type Stand = { volume: Volume; lane: number; snapshot: Snapshot | null }

function standAt(tree: VolumeTree, key: string): Stand | null {
  const snapshot = tree.byId.get(key as SnapshotId) ?? null
  const lane = tree.volumes.findIndex(
    (v) => v.volumeId === snapshot?.volumeId || headKey(v.volumeId) === key,
  )
  const volume = tree.volumes[lane]
  return volume ? { volume, lane, snapshot } : null
}

function headOf(volume: Volume): string | null {
  return volume.isRemoved ? null : headKey(volume.volumeId)
}

function rightOf(tree: VolumeTree, at: Stand, own: readonly Snapshot[]): string | null {
  if (at.snapshot === null) return null
  const id = at.snapshot.snapshotId
  const children = tree.snapshots.filter((s) => s.parentId === id)
  const inLane = children.find((s) => s.volumeId === at.volume.volumeId)
  if (inLane) return inLane.snapshotId
  if (own.at(-1)?.snapshotId === id) return headOf(at.volume) ?? children[0]?.snapshotId ?? null
  return children[0]?.snapshotId ?? headOf(at.volume)
}

/** In the next lane: the newest that was there already, else its oldest; head to head. */
function acrossFrom(tree: VolumeTree, at: Stand, by: 1 | -1): string | null {
  const volume = tree.volumes[at.lane + by]
  if (!volume) return null
  const there = tree.snapshots.filter((s) => s.volumeId === volume.volumeId)
  const startedAt = at.snapshot?.startedAt
  if (startedAt === undefined) return headOf(volume) ?? there.at(-1)?.snapshotId ?? null
  const before = there.findLast((s) => s.startedAt <= startedAt)
  return before?.snapshotId ?? there[0]?.snapshotId ?? headOf(volume)
}
