import type { LineageNode } from './lineage.ts'
import type { Shape } from './shape.ts'

/** Who is alive, so that any range of places (a subtree, or a gap in one) answers in O(1). */
export class Living {
  /** By place: 1 for the living. */
  readonly isAlive: Uint8Array
  /** By place: how many of its subtree are alive. */
  readonly countBelow: Int32Array
  /** By place: the xor of the living places of its subtree; with one of them, that one. */
  readonly xorBelow: Int32Array
  readonly #ranks: Int32Array
  #levels: Int32Array[] | undefined

  constructor(shape: Shape, nodes: readonly LineageNode[]) {
    const count = nodes.length
    this.#ranks = shape.ranks
    this.isAlive = new Uint8Array(count)
    this.countBelow = new Int32Array(count)
    this.xorBelow = new Int32Array(count)
    const countBefore = new Int32Array(count + 1)
    const xorBefore = new Int32Array(count + 1)
    for (let place = 0; place < count; place++) {
      const { isAlive } = nodes[shape.ordinalAt[place]!]!
      if (isAlive) this.isAlive[place] = 1
      countBefore[place + 1] = countBefore[place]! + (isAlive ? 1 : 0)
      xorBefore[place + 1] = xorBefore[place]! ^ (isAlive ? place : 0)
    }
    for (let place = 0; place < count; place++) {
      const end = shape.subtreeEnds[place]!
      this.countBelow[place] = countBefore[end]! - countBefore[place]!
      this.xorBelow[place] = xorBefore[end]! ^ xorBefore[place]!
    }
  }

  /** The lowest rank (see Shape) of a living place among `from` to `end - 1`, NOBODY if none is. */
  firstRank(from: number, end: number): number {
    this.#levels ??= this.#minima()
    const level = 31 - Math.clz32(end - from)
    const minima = this.#levels[level]!
    return Math.min(minima[from]!, minima[end - (1 << level)]!)
  }

  /** Level l holds, by place, the lowest rank among the 2^l places from there on. */
  #minima(): Int32Array[] {
    let below = this.#ranks.map((rank, place) => (this.isAlive[place] ? rank : NOBODY))
    const levels = [below]
    for (let width = 2; width <= below.length; width *= 2) {
      const half = width / 2
      const wider = below.slice()
      for (let i = 0; i + half < below.length; i++) {
        if (below[i + half]! < wider[i]!) wider[i] = below[i + half]!
      }
      levels.push(wider)
      below = wider
    }
    return levels
  }
}

/** A rank behind all others. */
export const NOBODY = 2 ** 31 - 1
