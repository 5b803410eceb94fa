import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Money, PriceTable } from '../contract/money.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { keptBlocksOf } from '../engine/archived-data.ts'
import type { Library } from '../engine/library.ts'
import { costOf, earlyDeletionCost, sumOf } from './money.ts'

/** Bytes in each of them. */
export type Tiers = { standard: number; archive: number }

/** Reads the library once, for questions about many snapshots. */
export function tiersIn(library: Library) {
  const { of } = library.figures()
  const kept = keptBlocksOf(library)
  const tierings = new Map(library.tierings.all().map((row) => [row.id, row]))

  /** What these are charged for: what is restored for some days is in both tiers. */
  function tiersOf(rows: readonly SnapshotRow[]): Tiers {
    const tiers = { standard: 0, archive: 0 }
    for (const { id, tier } of rows) {
      tiers[tier] += (of.get(id)?.storedHere ?? 0) * BLOCK_BYTES
      tiers.archive += (kept.get(id) ?? 0) * BLOCK_BYTES
    }
    return tiers
  }

  /** What is asked once if these left the archive now; null: none of them is archived. */
  function earlyDeletion(
    rows: readonly SnapshotRow[],
    prices: PriceTable,
    now: number,
  ): Money | null {
    const costs = rows.flatMap((row) => {
      const archivedAt = tierings.get(row.id)?.archivedAt ?? null
      if (archivedAt === null) return []
      return earlyDeletionCost(tiersOf([row]).archive, now - archivedAt, prices)
    })
    return costs.length === 0 ? null : sumOf(costs)
  }

  return { tiersOf, earlyDeletion }
}

/** A month of both, each at its own price. */
export function costInTiers({ standard, archive }: Tiers, prices: PriceTable): Money {
  const archived = costOf(archive, prices.archive)
  if (archive > 0 && standard === 0) return archived
  const stored = costOf(standard, prices.standard)
  if (archive === 0) return stored
  return sumOf([stored, { ...archived, formula: `archived ${archived.formula}` }])
}
