import { type IndexSet, indexSet } from '../index-set.ts'
import { Lineage, type LineageNode } from '../lineage.ts'

/** A repeatable source of chance (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 0 to `end - 1`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end)
  }

  chance(probability: number): boolean {
    return this.below(1_000_000) < probability * 1_000_000
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)]
    if (picked === undefined) throw new Error('Nothing to pick from')
    return picked
  }

  some<T>(from: readonly T[], probability: number): T[] {
    return from.filter(() => this.chance(probability))
  }

  shuffle<T>(from: readonly T[]): T[] {
    const rest = [...from]
    return from.map(() => rest.splice(this.below(rest.length), 1)[0]!)
  }
}

/** Indices as a set. */
export const setOf = (indices: Iterable<number>): IndexSet =>
  indexSet([...indices].map((index) => [index, index + 1] as const))

/** Some indices below `end`, in runs. */
export function randomSet(random: Random, end: number): IndexSet {
  const runs = Array.from({ length: random.below(4) }, () => {
    const start = random.below(end + 1)
    return [start, start + random.below(end + 1 - start)] as const
  })
  return indexSet(runs)
}

const inSet = (set: IndexSet, index: number) => {
  for (let i = 0; i < set.length; i += 2) if (set[i]! <= index && index < set[i + 1]!) return true
  return false
}

/** A few small trees: clones, holes, growth, dead nodes, adopted blocks, clocks that were behind. */
export function randomForest(random: Random): Lineage {
  const nodes: LineageNode[] = []
  const count = 1 + random.below(13)
  const deadShare = random.pick([0, 0.2, 0.5, 0.8])
  // Retention often deletes the oldest, above branches that stay.
  const deadBefore = random.chance(0.4) ? random.below(count) : 0
  const rootShare = random.pick([0, 0.1, 0.3])
  const chainShare = random.pick([0.2, 0.6, 1])
  for (let i = 0; i < count; i++) {
    const isRoot = i === 0 || random.chance(rootShare)
    const latest = nodes[nodes.length - 1]
    const parent = isRoot ? null : random.chance(chainShare) ? latest! : random.pick(nodes)
    const blockCount = (parent?.blockCount ?? 1 + random.below(12)) + random.pick([0, 0, 0, 1, 5])
    const holes = random.chance(0.4) ? randomSet(random, blockCount) : setOf([])
    const all = Array.from({ length: blockCount }, (_, index) => index)
    const data = random.chance(0.1) ? holes.slice(0, 0) : randomSet(random, blockCount)
    const free = setOf(all.filter((index) => inSet(data, index) && !inSet(holes, index)))
    const adopted = random.chance(0.2)
      ? setOf(random.some(all, 0.5).filter((index) => inSet(free, index)))
      : undefined
    nodes.push({
      id: `${random.pick(['a', 'm', 'z'])}${i}`,
      parentId: parent?.id ?? null,
      isAlive: i >= deadBefore && !random.chance(deadShare),
      startedAtMs: random.chance(0.15) ? random.below(count) : i,
      blockCount,
      data: free,
      holes,
      adopted,
    })
  }
  return new Lineage(random.shuffle(nodes))
}
