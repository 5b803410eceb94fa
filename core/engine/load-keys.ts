import type { Delta } from '../blocks/delta.ts'
import type { LoadKeyRow } from '../catalog/load-keys.ts'
import { StrataError } from '../contract/errors.ts'
import type { VolumeId } from '../contract/ids.ts'
import { type BlockKey, wipe } from '../crypto/sealed-block.ts'
import { contextOf, derivedKey, seal, unseal } from '../crypto/sealing.ts'
import type { Library } from './library.ts'

/*
 * A volume under another key than its snapshot's needs no key but its own, from the moment it is there:
 * the data keys of what it has yet to load are wrapped with its data key, and go with the last of these
 * blocks. Who gives up the snapshot's key, or no longer shares it, need not know of the volume.
 */

/** The numbers of the data keys that stored blocks of a delta are sealed with, some at a time. */
export function* dataKeysOf(library: Library, delta: Delta): Generator<ReadonlySet<number>> {
  for (const [firstId, count] of delta.blockIdsIn(delta.stored)) {
    yield* library.blocks.dataKeysIn(firstId, firstId + count)
  }
}

/**
 * The data keys of a snapshot, for a volume that will load its blocks.
 *
 * @param own what the volume is sealed with
 * @param numbers of the data keys
 * @throws StrataError KMSInvalidStateException, KEY_DELETED
 */
export function wrappedForLoad(
  library: Library,
  volumeId: VolumeId,
  own: BlockKey,
  numbers: Iterable<number>,
): LoadKeyRow[] {
  const wrapping = wrappingKey(own)
  try {
    return [...numbers].map((dataKey) => {
      const key = library.keyring.keyOf(dataKey)
      const wrapped = seal(wrapping, key.bytes, contextFor(volumeId, key))
      wipe([key])
      return { volumeId, dataKey, wrapped }
    })
  } finally {
    wrapping.fill(0)
  }
}

/**
 * @param own what the volume is sealed with
 * @throws StrataError LIBRARY_DAMAGED
 */
export function openedForLoad(
  library: Library,
  { volumeId, dataKey, wrapped }: LoadKeyRow,
  own: BlockKey,
): BlockKey {
  const name = { library: own.library, id: library.dataKeyRows().get(dataKey)!.id }
  const wrapping = wrappingKey(own)
  const bytes = unseal(wrapping, wrapped, contextFor(volumeId, name))
  wrapping.fill(0)
  if (bytes === null) {
    const problem = `data key ${name.id} does not open for ${volumeId}`
    throw new StrataError('LIBRARY_DAMAGED', { path: library.path, problem })
  }
  return { ...name, bytes }
}

function wrappingKey({ library, id, bytes }: BlockKey): Buffer {
  return derivedKey(bytes, contextOf(library, id), 'strata/load/v1')
}

function contextFor(volumeId: VolumeId, { library, id }: Omit<BlockKey, 'bytes'>): Buffer {
  return contextOf('strata/load-key/v1', library, volumeId, id)
}
