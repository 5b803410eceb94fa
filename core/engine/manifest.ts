import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { StrataError } from '../contract/errors.ts'
import { BlockList } from '../crypto/block-list.ts'
import { type BlockKey, wipe } from '../crypto/sealed-block.ts'
import { contextOf, derivedKey, seal, unseal } from '../crypto/sealing.ts'
import type { Library } from './library.ts'

/*
 * The manifest of an encrypted snapshot: what the list of all blocks that it reads comes to, sealed.
 * (1) It is kept by the transaction that completes the snapshot, and never changes: what a snapshot
 *     reads stays the same whatever is deleted, merged, moved or archived, so none of that needs a key.
 * (2) Its keys are made of the origin's data key, which stays for as long as the lineage under one key,
 *     so it is made of the parent's in the time of what changed.
 * (3) It is bound to the library and to what of the snapshot never changes. Names and tags do.
 * (4) A data key of format 2 demands it: without one a snapshot was altered, and is not merely old.
 */

/** To be wiped. */
export type ManifestKeys = { readonly entries: Buffer; readonly seal: Buffer }

/** @param origin the data key that all goes back to */
export function manifestKeysOf({ library, id, bytes }: BlockKey): ManifestKeys {
  const keyFor = (purpose: string) => derivedKey(bytes, contextOf(library, id), purpose)
  return {
    entries: keyFor('strata/manifest-entries/v1'),
    seal: keyFor('strata/manifest-seal/v1'),
  }
}

/**
 * @param origin the number of that data key
 * @throws StrataError KMSInvalidStateException, KEY_DELETED, KEYS_LOCKED
 */
export function manifestKeysUnder({ keyring }: Library, origin: number): ManifestKeys {
  const key = keyring.keyOf(origin)
  try {
    return manifestKeysOf(key)
  } finally {
    wipe([key])
  }
}

export function wipeManifestKeys({ entries, seal }: ManifestKeys): void {
  entries.fill(0)
  seal.fill(0)
}

export function sealedManifest(
  library: Library,
  row: SnapshotRow,
  keys: ManifestKeys,
  list: BlockList,
): Buffer {
  return seal(keys.seal, list.encode(), contextFor(library, row))
}

/**
 * What the list of a snapshot's blocks came to when it was completed.
 *
 * @throws StrataError SNAPSHOT_ALTERED
 */
export function manifestOf(library: Library, row: SnapshotRow, keys: ManifestKeys): BlockList {
  const sealed = library.manifests.get(row.id)
  if (sealed === undefined) throw altered(row, MISSING)
  const opened = unseal(keys.seal, sealed, contextFor(library, row))
  const list = opened && BlockList.decode(keys.entries, opened)
  if (list === null) throw altered(row, FOREIGN)
  return list
}

const MISSING = 'its manifest is missing'
const FOREIGN = 'its manifest is not its own, or its volume, owner, time or size was changed'

/** What is wrong with a list; null: it is the one that the snapshot was completed with. */
export function problemOf(found: BlockList, manifest: BlockList): string | null {
  if (found.equals(manifest)) return null
  const more = found.count - manifest.count
  if (more === 0) return 'other blocks stand in the place of its own'
  return more > 0 ? `${more} of its blocks were added` : `${-more} of its blocks are missing`
}

export function altered({ name }: SnapshotRow, problem: string): StrataError<'SNAPSHOT_ALTERED'> {
  return new StrataError('SNAPSHOT_ALTERED', { snapshot: name, problem })
}

function contextFor(library: Library, row: SnapshotRow): Buffer {
  const { id, volumeId, ownerId, startedAt, volumeSizeBytes } = row
  const { libraryId } = library.facts()
  const own = [id, volumeId, ownerId, startedAt, volumeSizeBytes]
  return contextOf('strata/manifest/v1', libraryId, ...own)
}
