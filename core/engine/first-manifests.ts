import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { wipe } from '../crypto/sealed-block.ts'
import type { Library } from './library.ts'
import { isDamage } from './library-damage.ts'
import { listsUnder } from './lists-of-lineage.ts'
import { manifestKeysOf, sealedManifest, wipeManifestKeys } from './manifest.ts'

/**
 * Gives manifests to what was encrypted before there were any, as it is now, and demands them from then
 * on. Keys are open. Nothing happens where that was done; of keys whose material is missing it is when
 * that was brought.
 */
export async function bringManifests(library: Library, signal: AbortSignal): Promise<void> {
  // Those that come later, with material that is brought meanwhile, are not of this turn.
  const older = olderKeys(library)
  if (older.size === 0) return
  const made = new Map<SnapshotId, Buffer>()
  for (const origin of originsOf(library, older)) {
    try {
      for (const [id, sealed] of await manifestsUnder(library, origin, older, signal)) {
        made.set(id, sealed)
      }
    } catch (error) {
      if (!isDamage(error)) throw error
      // Keys that open are not kept waiting for one that does not.
      for (const number of keysUnder(library, origin)) older.delete(number)
    }
  }
  library.quietly(() => {
    const rows = library.snapshotRows()
    for (const [id, sealed] of made) {
      // Somebody else may have been at it, too.
      if (rows.has(id) && library.manifests.get(id) === undefined) {
        library.manifests.insert(id, sealed)
      }
    }
    library.keyring.demandManifests(older)
  })
}

async function manifestsUnder(
  library: Library,
  origin: number,
  older: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<Map<SnapshotId, Buffer>> {
  const made = new Map<SnapshotId, Buffer>()
  const key = library.keyring.keyInAnyStateOf(origin)
  const keys = manifestKeysOf(key)
  wipe([key])
  try {
    for await (const [row, list] of listsUnder(library, origin, keys.entries, signal)) {
      if (isOlder(library, row, older)) {
        made.set(row.id, sealedManifest(library, row, keys, list))
      }
    }
  } finally {
    wipeManifestKeys(keys)
  }
  return made
}

/** Data keys that do not demand manifests yet, and could. */
function olderKeys(library: Library): Set<number> {
  const rows = [...library.dataKeyRows().values()]
  const older = rows.filter(
    ({ format, keyId }) => format === 1 && library.masterKeys.get(keyId)?.material != null,
  )
  return new Set(older.map(({ number }) => number))
}

function originsOf(library: Library, older: ReadonlySet<number>): Set<number> {
  const origins = [...library.snapshotRows().values()].flatMap(({ originKey }) => originKey ?? [])
  return new Set(origins.filter((number) => older.has(number)))
}

/** The origin itself, and the data keys of the snapshots that go back to it. */
function keysUnder(library: Library, origin: number): number[] {
  const rows = [...library.snapshotRows().values()].filter((row) => row.originKey === origin)
  return [origin, ...rows.flatMap(({ dataKey }) => dataKey ?? [])]
}

/** What was completed since has data keys that say so. */
function isOlder(
  library: Library,
  { id, dataKey }: SnapshotRow,
  older: ReadonlySet<number>,
): boolean {
  return dataKey !== null && older.has(dataKey) && library.manifests.get(id) === undefined
}
