import type { IndexSet } from './index-set.ts'
import { Living } from './living.ts'
import { Shape } from './shape.ts'

/** A snapshot as the algebra sees it: what it says itself, and where it looks for the rest. */
export type LineageNode = Readonly<{
  id: string
  parentId: string | null
  /** false: deleted. What it stores counts only where a living node reads it. */
  isAlive: boolean
  startedAtMs: number
  /** Blocks of its volume: what it reads lies below. Never less than its parent's. */
  blockCount: number
  /** Where it stores a block itself. */
  data: IndexSet
  /** Where it says "reads as zeros, nothing is stored", whatever its parent has there. */
  holes: IndexSet
  /**
   * The part of `data` that came from deleted ancestors when they were merged into this node.
   * Such blocks are inherited by the earliest living node that reads them, not added by this one.
   */
  adopted?: IndexSet
}>

/**
 * The trees of a library with their dead nodes. Immutable; all that does not depend on who is alive
 * is computed once and shared with what `withDead` and `withAlive` return.
 */
export class Lineage {
  /** Parents before their children, otherwise in order of start, then id. */
  readonly nodes: readonly LineageNode[]
  /** For this folder alone: what does not depend on who is alive. */
  readonly shape: Shape
  #living: Living | undefined
  #aliveParents: Int32Array | undefined

  /**
   * @throws Error for what no library may contain: a parent that is missing or that is its own
   *   descendant, an id twice, data outside of the volume or where a hole is, a shrinking child
   */
  constructor(nodes: readonly LineageNode[], shape = new Shape(nodes)) {
    this.shape = shape
    this.nodes = shape.sort(nodes)
  }

  /** `nodes` as a lineage that takes over what `previous` has computed, where only lives differ. */
  static after(previous: Lineage | undefined, nodes: readonly LineageNode[]): Lineage {
    if (previous === undefined || !previous.#differsOnlyInLivesFrom(nodes)) {
      return new Lineage(nodes)
    }
    return new Lineage(nodes, previous.shape)
  }

  /** Who is alive, counted along the tree. For this folder alone. */
  get living(): Living {
    this.#living ??= new Living(this.shape, this.nodes)
    return this.#living
  }

  has(id: string): boolean {
    return this.shape.ordinals.has(id)
  }

  /** @throws Error when there is no such node */
  get(id: string): LineageNode {
    return this.nodes[this.shape.ordinalOf(id)]!
  }

  /** In the order of `nodes`. */
  childrenOf(id: string): LineageNode[] {
    return this.shape.childrenAt(this.shape.ordinalOf(id)).map((child) => this.nodes[child]!)
  }

  /** The nearest ancestor that is alive. */
  aliveParentOf(id: string): string | null {
    this.#aliveParents ??= this.#findAliveParents()
    const parent = this.#aliveParents[this.shape.ordinalOf(id)]!
    return parent < 0 ? null : this.nodes[parent]!.id
  }

  /** The same trees with these nodes dead. */
  withDead(ids: Iterable<string>): Lineage {
    return this.#withLife(ids, false)
  }

  /** The same trees with these nodes alive: what `withDead` did, undone. */
  withAlive(ids: Iterable<string>): Lineage {
    return this.#withLife(ids, true)
  }

  #differsOnlyInLivesFrom(others: readonly LineageNode[]): boolean {
    if (others.length !== this.nodes.length) return false
    return others.every((other) => {
      const ordinal = this.shape.ordinals.get(other.id)
      return ordinal !== undefined && saysTheSame(this.nodes[ordinal]!, other)
    })
  }

  #withLife(ids: Iterable<string>, isAlive: boolean): Lineage {
    const nodes = [...this.nodes]
    for (const id of ids) {
      const ordinal = this.shape.ordinalOf(id)
      nodes[ordinal] = { ...nodes[ordinal]!, isAlive }
    }
    return new Lineage(nodes, this.shape)
  }

  #findAliveParents(): Int32Array {
    const found = new Int32Array(this.nodes.length).fill(-1)
    for (const [ordinal, parent] of this.shape.parents.entries()) {
      if (parent < 0) continue
      found[ordinal] = this.nodes[parent]!.isAlive ? parent : found[parent]!
    }
    return found
  }
}

/** Sets are compared by identity: whoever keeps them keeps the objects. */
function saysTheSame(a: LineageNode, b: LineageNode): boolean {
  return (
    a.parentId === b.parentId &&
    a.startedAtMs === b.startedAtMs &&
    a.blockCount === b.blockCount &&
    a.data === b.data &&
    a.holes === b.holes &&
    a.adopted === b.adopted
  )
}
