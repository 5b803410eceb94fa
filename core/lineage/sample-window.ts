import { Holders } from './holders.ts'
import { EMPTY, has, intersect, span } from './index-set.ts'
import { boundsOf } from './intervals.ts'
import type { Lineage } from './lineage.ts'
import type { SampleHead, SampleRequest } from './sample.ts'
import type { Tree } from './tree.ts'
import { NONE } from './versions.ts'

/** State of a cell without data. */
export const NO_DATA = -1
/** State of a cell of the head that was written since its base. */
export const CHANGED_DATA = -2

/** Other states: the writer's place, and in the lowest bit whether no survivor reads the block. */
export const writerPlaceOf = (state: number) => state >> 1
export const isReleasedState = (state: number) => state >= 0 && state % 2 === 1

/** The columns that are in one tree: `firstColumn` to `endColumn - 1`. */
type Group = {
  tree: Tree
  holders: Holders
  firstColumn: number
  endColumn: number
  /** By place, from the tree's first: how many of the tree's columns stand before it. */
  columnsBefore: Uint32Array
}

/**
 * A window of a sample, one atom at a time: block indices on which no column changes its writer.
 * Columns are sorted by place here, so that the nodes reading one version are a few runs of them.
 */
export class SampleWindow {
  /** Atom i is `bounds[i]` to `bounds[i + 1] - 1`; together they are the window. Never empty. */
  readonly bounds: Uint32Array
  /** By sorted column: its index in the request. */
  readonly columns: Uint32Array
  /** Of the last atom shown: run i of equal columns is `starts[i]` to `starts[i + 1] - 1`. */
  readonly starts: Uint32Array
  readonly states: Int32Array
  length = 0
  headState = NO_DATA
  isHeadUnloaded = false
  /** All places that states can name lie below. */
  readonly placeCount: number
  readonly #lineage: Lineage
  readonly #groups: Group[]
  readonly #head: (SampleHead & { basePlace: number }) | null

  constructor(lineage: Lineage, request: SampleRequest) {
    const { shape } = lineage
    const { columnIds, head, firstBlock, blockCount } = request
    const places = columnIds.map((id) => shape.places[shape.ordinalOf(id)]!)
    const sorted = [...places.keys()].sort((a, b) => places[a]! - places[b]!)
    this.#lineage = lineage
    this.placeCount = lineage.nodes.length
    this.columns = Uint32Array.from(sorted)
    this.starts = new Uint32Array(sorted.length + 1)
    this.states = new Int32Array(sorted.length)

    const base = head === null || head.baseId === null ? NONE : shape.ordinalOf(head.baseId)
    this.#head = head && { ...head, basePlace: base === NONE ? NONE : shape.places[base]! }
    const survivors = lineage.withDead(request.doomedIds).living
    const sortedPlaces = sorted.map((column) => places[column]!)
    const roots = base === NONE ? sortedPlaces : [...sortedPlaces, shape.places[base]!]
    const trees = new Map(
      roots.map((place) => {
        const tree = shape.treeOf(shape.ordinalAt[place]!)
        return [tree.firstPlace, tree]
      }),
    )
    this.#groups = [...trees.values()].map((tree) => ({
      ...groupOf(tree, sortedPlaces),
      holders: new Holders(tree.versions, survivors),
    }))

    const window = span(firstBlock, firstBlock + blockCount)
    const headSets =
      head === null
        ? []
        : [head.changed, head.written ?? EMPTY, head.unloaded, span(0, head.blockCount)]
    this.bounds = boundsOf([
      Uint32Array.of(firstBlock, firstBlock + blockCount),
      ...this.#groups.map(({ tree }) => {
        const { bounds, count } = tree.versions.intervals
        const all = bounds.subarray(0, count + 1)
        return all.filter((bound) => bound > firstBlock && bound < firstBlock + blockCount)
      }),
      ...headSets.map((set) => intersect(set, window)),
    ])
  }

  /** Fills `starts`, `states`, `length` and what is said of the head. */
  show(atom: number): void {
    const at = this.bounds[atom]!
    this.length = 0
    this.headState = NO_DATA
    for (const group of this.#groups) this.#showGroup(group, at)
    this.starts[this.length] = this.columns.length
    if (this.#head === null) return
    const { changed, written, unloaded, blockCount } = this.#head
    this.isHeadUnloaded = has(unloaded, at)
    const isData = at < blockCount && (written === null || has(written, at))
    if (has(changed, at)) this.headState = isData ? CHANGED_DATA : NO_DATA
    else if (!isData) this.headState = NO_DATA
    else if (written !== null && this.headState === NO_DATA) this.headState = CHANGED_DATA
  }

  #showGroup(group: Group, at: number): void {
    const { tree, holders, firstColumn, endColumn, columnsBefore } = group
    const { versions, firstPlace, endPlace } = tree
    const { intervals, firsts, places, beneath } = versions
    const { subtreeEnds } = this.#lineage.shape
    if (endColumn > firstColumn) this.#put(firstColumn, NO_DATA)
    const interval = intervals.containing(at)
    if (interval === NONE) return
    const first = firsts[interval]!
    const end = firsts[interval + 1]!
    holders.visit(first, end)
    // The version whose columns we are in, and where they end.
    let open = NONE
    let openEnd = endColumn
    for (let version = first; version <= end; version++) {
      const column = version < end ? columnsBefore[places[version]! - firstPlace]! : endColumn
      while (open !== NONE && openEnd <= column) {
        const closedAt = openEnd
        open = beneath[open]!
        if (open !== NONE) openEnd = columnsBefore[subtreeEnds[places[open]!]! - firstPlace]!
        if (closedAt < endColumn) this.#put(closedAt, stateOf(group, open, first))
      }
      if (version === end) break
      const columnEnd = columnsBefore[subtreeEnds[places[version]!]! - firstPlace]!
      if (column === columnEnd) continue
      this.#put(column, stateOf(group, version, first))
      open = version
      openEnd = columnEnd
    }
    const basePlace = this.#head?.basePlace ?? NONE
    if (basePlace >= firstPlace && basePlace < endPlace) {
      this.headState = stateOf(group, versions.find(interval, basePlace), first)
    }
  }

  /** From `column` on the state is this; columns never decrease. */
  #put(column: number, state: number): void {
    if (this.length > 0 && this.starts[this.length - 1] === column) this.length--
    if (this.length > 0 && this.states[this.length - 1] === state) return
    this.starts[this.length] = column
    this.states[this.length++] = state
  }
}

function groupOf(tree: Tree, sortedPlaces: readonly number[]) {
  const { firstPlace, endPlace } = tree
  const firstColumn = sortedPlaces.filter((place) => place < firstPlace).length
  const columnsBefore = new Uint32Array(endPlace - firstPlace + 1).fill(firstColumn)
  for (const place of sortedPlaces) {
    if (place >= firstPlace && place < endPlace) columnsBefore[place - firstPlace + 1]!++
  }
  for (let i = 1; i < columnsBefore.length; i++) {
    columnsBefore[i] = columnsBefore[i - 1]! + (columnsBefore[i]! - firstColumn)
  }
  return { tree, firstColumn, endColumn: columnsBefore[endPlace - firstPlace]!, columnsBefore }
}

/** State of the cells that read `version`, of an interval whose versions begin at `first`. */
function stateOf({ tree: { versions }, holders }: Group, version: number, first: number): number {
  if (!versions.isData(version)) return NO_DATA
  return (versions.places[version]! << 1) | (holders.counts[version - first] === 0 ? 1 : 0)
}
