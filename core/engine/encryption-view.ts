import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Encryption } from '../contract/keys.ts'
import type { Library } from './library.ts'

/** Whoever goes back to the same volume under the same key has the same. null: it is plain. */
export function encryptionOf(library: Library, originKey: number | null): Encryption | null {
  if (originKey === null) return null
  const { id, keyId } = library.dataKeyRows().get(originKey)!
  return { keyId, dataKeyId: id }
}

/** One that is being taken will have that of its volume. */
export function snapshotEncryption(library: Library, row: SnapshotRow): Encryption | null {
  const isComing = row.state === 'pending' && row.copiedFrom === null
  const volume = isComing ? library.volumeRows().get(row.volumeId) : undefined
  return encryptionOf(library, row.originKey ?? volume?.originKey ?? null)
}
