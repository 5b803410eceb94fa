import { equals, type IndexSet, intersect, isEmpty, minus, span } from './index-set.ts'
import type { LineageNode } from './lineage.ts'
import { Tree } from './tree.ts'

/**
 * What of a lineage does not depend on who is alive.
 *
 * A node's *ordinal* is its index in `Lineage.nodes`; its *place* is its position in a walk that
 * visits each node before its children, so that a subtree is a range of places.
 */
export class Shape {
  readonly ordinals: ReadonlyMap<string, number>
  /** By ordinal: ordinal of the parent, or -1. */
  readonly parents: Int32Array
  /** By ordinal. */
  readonly places: Int32Array
  /** By place. */
  readonly ordinalAt: Int32Array
  /** By place: one more than the last place of its subtree. */
  readonly subtreeEnds: Int32Array
  readonly #nodes: readonly LineageNode[]
  readonly #children: readonly (readonly number[])[]
  /** By place: index into `trees`. */
  readonly #treeAt: Int32Array
  readonly trees: readonly Tree[]
  #ranks: Int32Array | undefined

  /** @throws Error as the constructor of Lineage does */
  constructor(unsorted: readonly LineageNode[]) {
    this.#nodes = parentsFirst(unsorted)
    this.ordinals = new Map(this.#nodes.map((node, ordinal) => [node.id, ordinal]))
    const count = this.#nodes.length
    this.parents = new Int32Array(count).fill(-1)
    const children: number[][] = this.#nodes.map(() => [])
    for (const [ordinal, node] of this.#nodes.entries()) {
      const parent = node.parentId === null ? -1 : this.ordinalOf(node.parentId)
      this.parents[ordinal] = parent
      if (parent >= 0) children[parent]!.push(ordinal)
      check(node, parent < 0 ? null : this.#nodes[parent]!)
    }
    this.#children = children
    this.places = new Int32Array(count)
    this.ordinalAt = new Int32Array(count)
    this.subtreeEnds = new Int32Array(count)
    this.#treeAt = new Int32Array(count)
    this.trees = this.#walk()
  }

  /** The tree that a node is in. */
  treeOf(ordinal: number): Tree {
    return this.trees[this.#treeAt[this.places[ordinal]!]!]!
  }

  /** By place: position in order of start, then id, over all nodes. */
  get ranks(): Int32Array {
    if (this.#ranks === undefined) {
      const byAge = [...this.#nodes.keys()].sort((a, b) =>
        byStart(this.#nodes[a]!, this.#nodes[b]!),
      )
      this.#ranks = new Int32Array(byAge.length)
      for (const [rank, ordinal] of byAge.entries()) this.#ranks[this.places[ordinal]!] = rank
    }
    return this.#ranks
  }

  /** @throws Error when there is no such node */
  ordinalOf(id: string): number {
    const ordinal = this.ordinals.get(id)
    if (ordinal === undefined) throw new Error(`No node ${id} in this lineage`)
    return ordinal
  }

  childrenAt(ordinal: number): readonly number[] {
    return this.#children[ordinal]!
  }

  /** The nodes of this shape, given in any order, in the order of ordinals. */
  sort(nodes: readonly LineageNode[]): readonly LineageNode[] {
    const sorted: LineageNode[] = new Array(nodes.length)
    for (const node of nodes) sorted[this.ordinalOf(node.id)] = node
    return sorted
  }

  #walk(): Tree[] {
    const trees: Tree[] = []
    let place = 0
    for (const [root, parent] of this.parents.entries()) {
      if (parent >= 0) continue
      const firstPlace = place
      const stack = [root]
      for (let ordinal = stack.pop(); ordinal !== undefined; ordinal = stack.pop()) {
        this.places[ordinal] = place
        this.ordinalAt[place] = ordinal
        this.#treeAt[place++] = trees.length
        for (const child of this.#children[ordinal]!.toReversed()) stack.push(child)
      }
      trees.push(this.#treeOf(firstPlace, place))
    }
    // A subtree ends where that of its last child does; children have higher ordinals.
    for (let ordinal = this.parents.length - 1; ordinal >= 0; ordinal--) {
      const own = this.places[ordinal]!
      const end = Math.max(this.subtreeEnds[own]!, own + 1)
      this.subtreeEnds[own] = end
      const parent = this.parents[ordinal]!
      if (parent < 0) continue
      const above = this.places[parent]!
      this.subtreeEnds[above] = Math.max(this.subtreeEnds[above]!, end)
    }
    return trees
  }

  #treeOf(firstPlace: number, endPlace: number): Tree {
    const nodes = () =>
      Array.from(this.ordinalAt.subarray(firstPlace, endPlace), (at) => this.#nodes[at]!)
    return new Tree(firstPlace, endPlace, nodes, this.subtreeEnds)
  }
}

/** Order of start, then id: who is older. Ids compare by code units, in every language alike. */
export function byStart(a: LineageNode, b: LineageNode): number {
  return a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** By age, but a child whose clock was behind comes right after its parent. */
function parentsFirst(nodes: readonly LineageNode[]): LineageNode[] {
  const placed = new Set<string>()
  const waiting = new Map<string, LineageNode[]>()
  const sorted: LineageNode[] = []
  for (const next of [...nodes].sort(byStart)) {
    if (next.parentId !== null && !placed.has(next.parentId)) {
      const siblings = waiting.get(next.parentId)
      if (siblings === undefined) waiting.set(next.parentId, [next])
      else siblings.push(next)
      continue
    }
    const stack = [next]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (placed.has(node.id)) throw new Error(`Two nodes are called ${node.id}`)
      placed.add(node.id)
      sorted.push(node)
      stack.push(...(waiting.get(node.id) ?? []).toReversed())
      waiting.delete(node.id)
    }
  }
  for (const [parentId, [orphan]] of waiting) {
    throw new Error(`The parent ${parentId} of ${orphan!.id} is missing or its own descendant`)
  }
  return sorted
}

function check(node: LineageNode, parent: LineageNode | null): void {
  const { id, data, holes, adopted } = node
  // Behind its end a smaller one has to hide what its parent holds there: nothing may be read there.
  const above = parent === null ? 0 : parent.blockCount
  if (above > node.blockCount && !isWithin(span(node.blockCount, above), holes)) {
    throw new Error(
      `${id} is smaller than its parent ${parent!.id}, and does not hide the rest of it`,
    )
  }
  if ((data[data.length - 1] ?? 0) > node.blockCount)
    throw new Error(`${id} stores blocks outside of its volume`)
  if (!isEmpty(intersect(data, holes))) throw new Error(`${id} has data where it has holes`)
  if (adopted !== undefined && !isWithin(adopted, data)) {
    throw new Error(`${id} adopted blocks that it does not store`)
  }
}

function isWithin(inner: IndexSet, outer: IndexSet): boolean {
  return isEmpty(inner) || equals(minus(inner, outer), new Uint32Array(0))
}
