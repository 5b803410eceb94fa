import type { RegionName } from '../../core/contract/ids.ts'
import type { LibraryView, Region, Remnant, Snapshot, Volume } from '../../core/contract/model.ts'

/** A volume's history in one region: copies to another region are a lineage of their own there. */
export type Lane = {
  readonly key: LaneKey
  readonly volume: Volume
  readonly region: RegionName
  /** Where the volume itself lives: the lane that ends with its live state. */
  readonly isHome: boolean
}

/** Equal for what stands in one lane. */
export type LaneKey = `${string} ${string}`

export function laneKeyOf({ volumeId, region }: Pick<Volume, 'volumeId' | 'region'>): LaneKey {
  return `${volumeId} ${region}`
}

/**
 * The lanes of some volumes, in their order, each home first and then the other regions as the
 * library lists them. Elsewhere, and of a removed volume, there are only lanes with something in.
 */
export function lanesOf(
  volumes: readonly Volume[],
  nodes: readonly (Snapshot | Remnant)[],
  regions: readonly Region[],
): Lane[] {
  const used = new Set(nodes.map(laneKeyOf))
  return volumes.flatMap((volume): Lane[] => {
    const elsewhere = regions.map(({ name }) => name).filter((name) => name !== volume.region)
    return [volume.region, ...elsewhere].flatMap((region): Lane[] => {
      const key = laneKeyOf({ volumeId: volume.volumeId, region })
      const isHome = region === volume.region
      const isThere = used.has(key) || (isHome && !volume.isRemoved)
      return isThere ? [{ key, volume, region, isHome }] : []
    })
  })
}

/** Where regions are told apart at all. */
export function hasRegions(library: LibraryView | null): boolean {
  return (library?.regions.length ?? 0) > 1
}

type Placed = Pick<Snapshot | Remnant, 'name' | 'region'>

/**
 * What to call each of some nodes among the others: copies may have the names of their sources, so
 * where they are of several regions each says its own.
 */
export function namerOf(nodes: readonly Placed[]): (node: Placed) => string {
  const isMixed = nodes.some(({ region }) => region !== nodes[0]?.region)
  return ({ name, region }) => (isMixed ? `${name} in ${region}` : name)
}

/** The same snapshots, called as `namerOf` says: for sentences that know only names. */
export function namedApart(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const nameOf = namerOf(snapshots)
  return snapshots.map((s) => (nameOf(s) === s.name ? s : { ...s, name: nameOf(s) }))
}
