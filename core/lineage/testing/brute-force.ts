import type { LibraryFigures } from '../figures.ts'
import { has } from '../index-set.ts'
import type { Lineage, LineageNode } from '../lineage.ts'

/** A block that was stored once: by whom, and at which index. */
export type Version = { writer: LineageNode; index: number; key: string }

/** What the algebra must say, found by looking at every block of every node. */
export class BruteForce {
  readonly nodes: readonly LineageNode[]
  readonly #byId: Map<string, LineageNode>
  readonly #maps = new Map<string, (Version | null)[]>()

  constructor(lineage: Lineage) {
    this.nodes = lineage.nodes
    this.#byId = new Map(lineage.nodes.map((node) => [node.id, node]))
  }

  get living(): LineageNode[] {
    return this.nodes.filter(({ isAlive }) => isAlive)
  }

  /** By index: the version that is read, or null. */
  mapOf(id: string): (Version | null)[] {
    const known = this.#maps.get(id)
    if (known !== undefined) return known
    const node = this.#byId.get(id)!
    const above = node.parentId === null ? [] : this.mapOf(node.parentId)
    const map = Array.from({ length: node.blockCount }, (_, index): Version | null => {
      if (has(node.data, index)) return { writer: node, index, key: `${id}:${index}` }
      return has(node.holes, index) ? null : (above[index] ?? null)
    })
    this.#maps.set(id, map)
    return map
  }

  /** Every version that a living node reads, with those that do, oldest first. */
  holders(doomed: ReadonlySet<string> = new Set()): Map<string, [Version, LineageNode[]]> {
    const held = new Map<string, [Version, LineageNode[]]>()
    for (const node of this.living.sort(byAge)) {
      if (doomed.has(node.id)) continue
      for (const version of this.mapOf(node.id)) {
        if (version === null) continue
        const entry = held.get(version.key)
        if (entry === undefined) held.set(version.key, [version, [node]])
        else entry[1].push(node)
      }
    }
    return held
  }

  /** Who is charged for a version that `holders`, oldest first, read. */
  ownerOf({ writer, index }: Version, holders: readonly LineageNode[]): LineageNode {
    const isOwn = writer.adopted === undefined || !has(writer.adopted, index)
    return isOwn && holders.includes(writer) ? writer : holders[0]!
  }

  figures() {
    const held = [...this.holders().values()]
    const of = new Map(
      this.living.map((node) => {
        const mine = held.filter(([, holders]) => holders.includes(node))
        const charged = mine.filter(([version, holders]) => this.ownerOf(version, holders) === node)
        const own = ({ writer, index }: Version) =>
          writer === node && !(writer.adopted !== undefined && has(writer.adopted, index))
        const added = charged.filter(([version]) => own(version)).length
        const released = mine.filter(([, holders]) => holders.length === 1).length
        const figures = {
          full: mine.length,
          added,
          inherited: charged.length - added,
          storedHere: charged.length,
          shared: mine.length - released,
          released,
          fairShare: mine.reduce((sum, [, holders]) => sum + 1 / holders.length, 0),
        }
        return [node.id, figures] as const
      }),
    )
    const heldOf = new Map(
      this.nodes
        .filter(({ isAlive }) => !isAlive)
        .map((node) => [node.id, held.filter(([{ writer }]) => writer === node).length]),
    )
    return { of, stored: held.length, held: heldOf }
  }

  release(doomedIds: readonly string[]) {
    const doomed = new Set(doomedIds)
    const before = this.holders()
    const after = this.holders(doomed)
    const heirs = new Map<string, number>()
    let kept = 0
    for (const [key, [version, holders]] of before) {
      const left = after.get(key)?.[1]
      if (left === undefined) continue
      if (holders.length > left.length) kept++
      if (!doomed.has(this.ownerOf(version, holders).id)) continue
      const heir = this.ownerOf(version, left)
      heirs.set(heir.id, (heirs.get(heir.id) ?? 0) + 1)
    }
    const alone = new Map(
      doomedIds.map((id) => [id, before.size - this.holders(new Set([id])).size]),
    )
    return { released: before.size - after.size, kept, heirs, alone, storedBefore: before.size }
  }

  /** The living maps up to the names of versions: who reads the same block as whom. */
  sharing(ids: Iterable<string>): Map<string, (number | null)[]> {
    const names = new Map<string, number>()
    const nameOf = (key: string) => {
      if (!names.has(key)) names.set(key, names.size)
      return names.get(key)!
    }
    return new Map([...ids].sort().map((id) => [id, this.mapOf(id).map((v) => v && nameOf(v.key))]))
  }
}

/** Figures in order of id, fair shares rounded so that the order of summation does not show. */
export function roundedFigures({ of, stored }: Pick<LibraryFigures, 'of' | 'stored'>) {
  const all = [...of].map(([id, figures]) => ({
    id,
    ...figures,
    fairShare: Math.round(figures.fairShare * 1e9) / 1e9,
  }))
  return { stored, of: all.sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

const byAge = (a: LineageNode, b: LineageNode) =>
  a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : 1)
