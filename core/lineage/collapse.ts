import { Holders } from './holders.ts'
import { EMPTY, type IndexSet, minus, RunWriter, union } from './index-set.ts'
import { Lineage, type LineageNode } from './lineage.ts'
import { HOLE } from './parts.ts'

export type CollapseStep =
  /** A dead node that nothing stands on: it and its blocks go. */
  | { kind: 'drop'; id: string }
  /** A dead node with one child: what it says and `into` does not becomes `into`'s, adopted. */
  | { kind: 'merge'; id: string; into: string }
  /** A remnant keeps `keep` of its data, and all its holes: they still hide what is above. */
  | { kind: 'trim'; id: string; keep: IndexSet }

export type CollapsePlan = {
  /**
   * Descendants before ancestors, so that each step finds its node's children final: of several
   * merges into one node, the nearest ancestor comes first. A node is trimmed before it is merged.
   */
  steps: CollapseStep[]
  /** Blocks given up, by the node that stores them now; nodes that give up nothing are left out. */
  dead: { id: string; data: IndexSet }[]
}

/**
 * How to contract the dead nodes that are `collapsible`: no figure of a living node, no map of one
 * that stays changes. Dead nodes that are not (their deletion can be undone) count as alive here.
 */
export function planCollapse(lineage: Lineage, collapsible: (id: string) => boolean): CollapsePlan {
  const { shape, nodes } = lineage
  const isGoing = nodes.map(({ id, isAlive }) => !isAlive && collapsible(id))
  // A living node reads all that it stores: without dead ones nothing is unread.
  if (!isGoing.includes(true)) return { steps: [], dead: [] }
  const kept = lineage.withAlive(nodes.filter((_, at) => !isGoing[at]).map(({ id }) => id))
  const unread = unreadData(kept)

  const steps: CollapseStep[] = []
  const childCounts = new Uint32Array(nodes.length)
  // By ordinal: what will stand where the node's last child stood, when there is just one.
  const onlyChild = new Int32Array(nodes.length).fill(-1)
  for (let ordinal = nodes.length - 1; ordinal >= 0; ordinal--) {
    const { id, data } = nodes[ordinal]!
    let standsHere = ordinal
    if (isGoing[ordinal]) {
      const childCount = childCounts[ordinal]!
      const child = onlyChild[ordinal]!
      const given = unread[shape.places[ordinal]!]
      // A child that keeps all of its map hides whatever is not read: the merge alone trims.
      const isTrimmed = childCount > 1 || (childCount === 1 && isGoing[child])
      if (isTrimmed && given !== undefined) {
        steps.push({ kind: 'trim', id, keep: minus(data, given) })
      }
      if (childCount === 0) steps.push({ kind: 'drop', id })
      if (childCount === 1) steps.push({ kind: 'merge', id, into: nodes[child]!.id })
      if (childCount < 2) standsHere = child
    }
    const parent = shape.parents[ordinal]!
    if (parent < 0 || standsHere < 0) continue
    childCounts[parent]!++
    onlyChild[parent] = standsHere
  }
  const dead = nodes.flatMap(({ id }, ordinal) => {
    const data = unread[shape.places[ordinal]!]
    return data === undefined ? [] : [{ id, data }]
  })
  return { steps, dead }
}

/** The lineage after a plan was carried out. */
export function collapse(lineage: Lineage, { steps }: CollapsePlan): Lineage {
  const nodes = new Map(lineage.nodes.map((node) => [node.id, node]))
  const gone = new Set<string>()
  const merged = new Map<string, LineageNode[]>()
  for (const step of steps) {
    const node = nodes.get(step.id)!
    switch (step.kind) {
      case 'drop':
        gone.add(step.id)
        break
      case 'trim':
        nodes.set(step.id, { ...node, data: step.keep, adopted: EMPTY })
        break
      case 'merge': {
        gone.add(step.id)
        const layers = merged.get(step.into)
        if (layers === undefined) merged.set(step.into, [node])
        else layers.push(node)
        break
      }
      default:
        step satisfies never
    }
  }
  for (const [id, layers] of merged) {
    const into = nodes.get(id)!
    const { data, holes } = overlay([into, ...layers])
    const adopted = union(into.adopted ?? EMPTY, minus(data, into.data))
    const parentId = layers[layers.length - 1]!.parentId
    nodes.set(id, { ...into, parentId, data, holes, adopted })
  }
  return new Lineage([...nodes.values()].filter(({ id }) => !gone.has(id)))
}

type Layer = Pick<LineageNode, 'data' | 'holes'>

/** Layers as one, the first on top. Halving, since laying them down one by one is quadratic. */
function overlay(layers: readonly Layer[]): Layer {
  let level = layers
  while (level.length > 1) {
    const next: Layer[] = []
    for (let i = 0; i < level.length; i += 2) {
      const over = level[i]!
      const under = level[i + 1]
      if (under === undefined) {
        next.push(over)
        continue
      }
      next.push({
        data: union(over.data, minus(under.data, over.holes)),
        holes: union(over.holes, minus(under.holes, over.data)),
      })
    }
    level = next
  }
  return level[0]!
}

/** By place: data that no living node reads; undefined for none. */
function unreadData(lineage: Lineage): (IndexSet | undefined)[] {
  const writers: (RunWriter | undefined)[] = new Array(lineage.nodes.length)
  for (const { versions } of lineage.shape.trees) {
    const { firsts, places, kinds, intervals } = versions
    const holders = new Holders(versions, lineage.living)
    for (let i = 0; i < intervals.count; i++) {
      const first = firsts[i]!
      const end = firsts[i + 1]!
      holders.visit(first, end)
      for (let version = first; version < end; version++) {
        if (kinds[version] === HOLE || holders.counts[version - first] !== 0) continue
        const place = places[version]!
        writers[place] ??= new RunWriter()
        writers[place].add(intervals.bounds[i]!, intervals.bounds[i + 1]!)
      }
    }
  }
  return writers.map((writer) => writer?.finish())
}
