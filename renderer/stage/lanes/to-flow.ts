import type { SnapshotId } from '../../../core/contract/ids.ts'
import type { Snapshot } from '../../../core/contract/model.ts'
import { type Lane, laneKeyOf } from '../../state/lanes.ts'
import { formatBytes } from '../../words/byte-format.ts'
import type { Column } from '../columns.ts'
import { headNode, remnantNode, snapshotNode } from './boxes.ts'
import { capsuleNode } from './capsule.ts'
import { copyLinks } from './copy-links.ts'
import type { RiverEdge, RiverShape, StageEdge, StageNode } from './flow-nodes.ts'
import { frameNodes } from './frames.ts'
import { headKey, type LaneView } from './lane-view.ts'
import { carriedTo, carriedToHead, riverWidth } from './river.ts'

/** Nodes and edges for React Flow. Pure: the same view gives the same picture. */
export function toFlow(view: LaneView): { nodes: StageNode[]; edges: StageEdge[] } {
  const nodes: StageNode[] = []
  const nodeOf = new Map<SnapshotId, string>()
  for (const [place, lane] of view.tree.lanes.entries()) {
    for (const run of nearView(view, runsOf(view.layout.columns, lane))) {
      const node = boxOf(view, place, run)
      if (node === null) continue
      nodes.push(node)
      for (const column of run) if (column.id !== null) nodeOf.set(column.id, node.id)
    }
    const { volume, isHome } = lane
    if (isHome && !volume.isRemoved) nodes.push(headNode(view, place, volume))
  }
  nodes.push(...frameNodes(view, nodes))
  return { nodes, edges: [...edgesOf(view, nodeOf), ...copyLinks(view, nodeOf)] }
}

/** A lane's columns: each open one alone, neighbouring squeezed ones together. */
function runsOf(columns: readonly Column[], lane: Lane): readonly (readonly Column[])[] {
  const runs: Column[][] = []
  for (const column of columns) {
    if (column.laneKey !== lane.key) continue
    const last = runs.at(-1)
    if (column.shape === 'bar' && last?.[0]?.shape === 'bar') last.push(column)
    else runs.push([column])
  }
  return runs
}

/**
 * The runs of a lane that can be seen, the next ones on both sides, and those where a clone begins:
 * with them every line that can be seen has both its ends.
 */
function nearView(
  { tree, seen }: LaneView,
  runs: readonly (readonly Column[])[],
): readonly (readonly Column[])[] {
  const isSeen = runs.map(([first, ...rest]) => {
    const last = rest.at(-1) ?? first
    return !!first && !!last && last.x + last.width >= seen.from && first.x <= seen.to
  })
  const isFork = ([only]: readonly Column[]) =>
    only?.id != null &&
    tree.childrenOf.get(only.id)?.some((child) => laneKeyOf(child) !== only.laneKey) === true
  const [from, to] = [isSeen.indexOf(true), isSeen.lastIndexOf(true)]
  return runs.filter((run, index) => {
    if (from >= 0 && index >= from - 1 && index <= to + 1) return true
    return isFork(run) || isBeside(runs, index, seen)
  })
}

/** No run of the lane is seen, but its line is: then its neighbours left and right are needed. */
function isBeside(
  runs: readonly (readonly Column[])[],
  index: number,
  seen: LaneView['seen'],
): boolean {
  const [here, next, last] = [runs[index]?.at(-1), runs[index + 1]?.[0], runs[index - 1]?.at(-1)]
  if (!here) return false
  const endsBefore = here.x + here.width < seen.from && (!next || next.x > seen.to)
  const beginsAfter = here.x > seen.to && (!last || last.x + last.width < seen.from)
  return endsBefore || beginsAfter
}

function boxOf(view: LaneView, lane: number, run: readonly Column[]): StageNode | null {
  const [first] = run
  if (first === undefined || first.id === null) return null
  if (first.shape === 'bar') return capsuleNode(view, lane, run)
  if (first.kind === 'remnant') return remnantNode(view, lane, first)
  return snapshotNode(view, lane, first)
}

function edgesOf(view: LaneView, nodeOf: ReadonlyMap<SnapshotId, string>): RiverEdge[] {
  const { tree } = view
  const fullest = Math.max(0, ...tree.snapshots.map((s) => s.fullBytes))
  const edges: RiverEdge[] = []
  for (const snapshot of tree.snapshots) {
    const source = snapshot.parentId === null ? undefined : nodeOf.get(snapshot.parentId)
    const target = nodeOf.get(snapshot.snapshotId)
    const parent = snapshot.parentId === null ? undefined : tree.byId.get(snapshot.parentId)
    if (!source || !target || !parent || source === target) continue
    const carried = carriedTo(snapshot)
    const says = `${snapshot.name} carries ${formatBytes(carried)} of its ${formatBytes(snapshot.fullBytes)} over from ${parent.name}`
    const shape = shapeOf(view, parent, snapshot)
    const isNear = isMarked(view, snapshot.snapshotId) || isMarked(view, parent.snapshotId)
    const thickness = riverWidth(carried, fullest)
    edges.push(
      river(source, target, {
        thickness,
        shape,
        says,
        isToHead: false,
        isFaded: isFaded(view, isNear),
      }),
    )
  }
  for (const volume of tree.volumes) {
    const baseId = volume.head.baseId
    const base = baseId === null ? undefined : tree.byId.get(baseId)
    const source = baseId === null ? undefined : nodeOf.get(baseId)
    if (!base || !source || volume.isRemoved) continue
    const carried = carriedToHead(volume, base)
    const says = `The live volume reads ${formatBytes(carried)} of ${base.name}`
    const isNear = isMarked(view, base.snapshotId)
    const thickness = riverWidth(carried, fullest)
    edges.push(
      river(source, headKey(volume.volumeId), {
        thickness,
        shape: laneKeyOf(base) === laneKeyOf(volume) ? shapeOf(view, base, null) : 'elbow',
        says,
        isToHead: true,
        isFaded: isFaded(view, isNear),
      }),
    )
  }
  return edges
}

function river(source: string, target: string, data: RiverEdge['data']): RiverEdge {
  return {
    id: `${source}>${target}`,
    type: 'river',
    source,
    target,
    sourceHandle: data?.shape === 'straight' ? 'right' : 'bottom',
    targetHandle: 'left',
    ariaLabel: data?.says,
    data,
  }
}

/**
 * Where a lane's line would pass behind a box that it has nothing to do with, it goes around: a
 * copy within a region stands in the lane of its source, and so does one that came back.
 *
 * @param child null: the head
 */
function shapeOf(view: LaneView, parent: Snapshot, child: Snapshot | null): RiverShape {
  const key = laneKeyOf(parent)
  if (child !== null && laneKeyOf(child) !== key) return 'elbow'
  const lane = view.tree.laneOf.get(key) ?? []
  const place = (s: Snapshot) => (view.tree.numberOf.get(s.snapshotId) ?? 1) - 1
  const end = child === null ? lane.length : place(child)
  return end - place(parent) > 1 ? 'around' : 'straight'
}

function isMarked(view: LaneView, id: SnapshotId): boolean {
  return view.pointedId === id
}

function isFaded(view: LaneView, isNear: boolean): boolean {
  return view.pointedId !== null && !view.isPreview && !isNear
}
