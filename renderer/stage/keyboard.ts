import type { SnapshotId } from '../../core/contract/ids.ts'
import type { Remnant, Snapshot } from '../../core/contract/model.ts'
import { type Lane, laneKeyOf } from '../state/lanes.ts'
import { headKey } from './lanes/lane-view.ts'
import { lanePlaceOf, type VolumeTree } from './tree.ts'

export type MoveKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'

/** @returns whether the key moves the focus in the lanes */
export function isMoveKey(key: string): key is MoveKey {
  return MOVES.has(key)
}

/**
 * Where a key leads from a node: along the lane to parent and child, across lanes to what was there
 * at that time, to the ends of the lane. The same node where there is nothing in that direction.
 *
 * @param from the id of a snapshot or remnant, or the key of a head
 */
export function moved(tree: VolumeTree, from: string, key: MoveKey): string {
  const at = standAt(tree, from)
  if (at === null) return tree.snapshots.at(-1)?.snapshotId ?? from
  const own = nodesOf(tree, at.lane)
  const place = own.findIndex((node) => node.snapshotId === at.node?.snapshotId)
  switch (key) {
    case 'Home':
      return own[0]?.snapshotId ?? from
    case 'End':
      return headOf(at.lane) ?? own.at(-1)?.snapshotId ?? from
    case 'ArrowLeft':
      return leftOf(at, own, place) ?? from
    case 'ArrowRight':
      return rightOf(tree, at, own, place) ?? from
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
  const [from, to] = [laneKeyOf(first), laneKeyOf(second)]
  const ids = tree.snapshots
    .filter((s) => from !== to || laneKeyOf(s) === from)
    .map((s) => s.snapshotId)
  const ends = [ids.indexOf(a), ids.indexOf(b)]
  return ids.slice(Math.min(...ends), Math.max(...ends) + 1)
}

const MOVES: ReadonlySet<string> = new Set<MoveKey>([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
])

type Node = Snapshot | Remnant

/** Where one stands in a lane: at a snapshot or what is left of one, or with null at the head. */
type Stand = { lane: Lane; node: Node | null }

function standAt(tree: VolumeTree, key: string): Stand | null {
  const id = key as SnapshotId
  const node = tree.byId.get(id) ?? tree.remnantById.get(id) ?? null
  const lane = tree.lanes[lanePlaceOf(tree, key)]
  return lane ? { lane, node } : null
}

/** What stands in a lane, oldest first. */
function nodesOf(tree: VolumeTree, { key }: Lane): readonly Node[] {
  return [...tree.snapshots, ...tree.remnants]
    .filter((node) => laneKeyOf(node) === key)
    .sort((a, b) => a.startedAt - b.startedAt)
}

function headOf({ volume, isHome }: Lane): string | null {
  return volume.isRemoved || !isHome ? null : headKey(volume.volumeId)
}

function leftOf({ lane, node }: Stand, own: readonly Node[], place: number): string | null {
  if (node === null) return own.at(-1)?.snapshotId ?? lane.volume.head.baseId
  return own[place - 1]?.snapshotId ?? node.parentId
}

function rightOf(
  tree: VolumeTree,
  { lane, node }: Stand,
  own: readonly Node[],
  place: number,
): string | null {
  if (node === null) return null
  const branch = tree.childrenOf.get(node.snapshotId)?.[0]?.snapshotId
  return own[place + 1]?.snapshotId ?? headOf(lane) ?? branch ?? null
}

/** In the next lane: the newest that was there already, else its oldest; head to head. */
function acrossFrom(tree: VolumeTree, at: Stand, by: 1 | -1): string | null {
  const lane = tree.lanes[tree.lanes.indexOf(at.lane) + by]
  if (!lane) return null
  const there = nodesOf(tree, lane)
  const startedAt = at.node?.startedAt
  if (startedAt === undefined) return headOf(lane) ?? there.at(-1)?.snapshotId ?? null
  const before = there.findLast((node) => node.startedAt <= startedAt)
  return before?.snapshotId ?? there[0]?.snapshotId ?? headOf(lane)
}
