import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { wipe } from '../crypto/sealed-block.ts'
import type { Library } from './library.ts'
import { listsUnder } from './lists-of-lineage.ts'
import { manifestKeysOf, sealedManifest, wipeManifestKeys } from './manifest.ts'

/**
 * Gives manifests to what was encrypted before there were any, as it is now, and demands them from then
 * on. Keys are open. Nothing happens where that was done; of keys whose material is missing it is when
 * that was brought.
 */
export async function bringManifests(library: Library, signal: AbortSignal): Promise<void> {
  if (!hasOlderKeys(library)) return
  const made = new Map<SnapshotId, Buffer>()
  for (const origin of olderOrigins(library)) {
    const key = library.keyring.keyInAnyStateOf(origin)
    const keys = manifestKeysOf(key)
    wipe([key])
    try {
      for await (const [row, list] of listsUnder(library, origin, keys.entries, signal)) {
        if (isOlder(library, row)) made.set(row.id, sealedManifest(library, row, keys, list))
      }
    } finally {
      wipeManifestKeys(keys)
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
    library.keyring.demandManifests()
  })
}

/** Data keys that do not demand manifests yet, and could. */
function hasOlderKeys(library: Library): boolean {
  return [...library.dataKeyRows().keys()].some((number) => isOlderKey(library, number))
}

function olderOrigins(library: Library): Set<number> {
  const origins = [...library.snapshotRows().values()].flatMap(({ originKey }) => originKey ?? [])
  return new Set(origins.filter((number) => isOlderKey(library, number)))
}

/** What was completed since has data keys that say so. */
function isOlder(library: Library, { id, dataKey }: SnapshotRow): boolean {
  return dataKey !== null && isOlderKey(library, dataKey) && library.manifests.get(id) === undefined
}

function isOlderKey(library: Library, number: number): boolean {
  const row = library.dataKeyRows().get(number)
  if (row === undefined || row.format !== 1) return false
  return library.masterKeys.get(row.keyId)?.material != null
}
