import type { LineageNode } from './lineage.ts'
import { Parts } from './parts.ts'
import { Spans } from './spans.ts'
import { Versions } from './versions.ts'

/**
 * One tree of the forest: its nodes stand at `firstPlace` to `endPlace - 1`. What its blocks are is
 * laid out when first asked for, and kept.
 */
export class Tree {
  readonly firstPlace: number
  readonly endPlace: number
  readonly #nodes: () => readonly LineageNode[]
  readonly #subtreeEnds: Int32Array
  #parts: Parts | undefined
  #spans: Spans | null | undefined
  #versions: Versions | undefined

  /**
   * @param nodes in order of place
   * @param subtreeEnds by place
   */
  constructor(
    firstPlace: number,
    endPlace: number,
    nodes: () => readonly LineageNode[],
    subtreeEnds: Int32Array,
  ) {
    this.firstPlace = firstPlace
    this.endPlace = endPlace
    this.#nodes = nodes
    this.#subtreeEnds = subtreeEnds
  }

  /** null where a node has two children. */
  get spans(): Spans | null {
    if (this.#spans === undefined) {
      this.#spans = this.#isChain ? new Spans(this.#laid, this.firstPlace, this.endPlace) : null
    }
    return this.#spans
  }

  get versions(): Versions {
    this.#versions ??= new Versions(this.#laid, this.#isChain, this.#subtreeEnds)
    return this.#versions
  }

  get #isChain(): boolean {
    const { firstPlace, endPlace } = this
    return this.#subtreeEnds.subarray(firstPlace, endPlace).every((end) => end === endPlace)
  }

  get #laid(): Parts {
    this.#parts ??= new Parts(this.#nodes(), this.firstPlace)
    return this.#parts
  }
}
