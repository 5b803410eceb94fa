import { createHmac, hash } from 'node:crypto'
import { BLOCK_BYTES } from '../contract/units.ts'
import { contextOf, SEAL_BYTES, seal, unseal } from './sealing.ts'

/** A sealed block as it lies on the disk: nonce, ciphertext, tag. */
export const SEALED_BYTES = BLOCK_BYTES + SEAL_BYTES

/** A data key and what it is bound to. Wiped where it is no longer needed. */
export type BlockKey = {
  /** The library's id. */
  library: string
  /** The data key's own id. */
  id: string
  bytes: Uint8Array
}

/**
 * A block is bound to its library, its place in the volume and its data key, which belongs to one
 * snapshot or volume. Not to the snapshot that reads it: when a deleted snapshot is merged into
 * another one its blocks go on under their key.
 */
function blockContext({ library, id }: BlockKey, index: number): Buffer {
  return contextOf('strata/block/v1', library, id, index, BLOCK_BYTES)
}

export function sealBlock(key: BlockKey, index: number, block: Uint8Array): Buffer {
  return seal(key.bytes, block, blockContext(key, index))
}

/** @returns the block; null when these bytes are not what this key sealed at this place */
export function openBlock(key: BlockKey, index: number, sealed: Uint8Array): Buffer | null {
  if (sealed.length !== SEALED_BYTES) return null
  return unseal(key.bytes, sealed, blockContext(key, index))
}

export function wipe(keys: Iterable<BlockKey>): void {
  for (const { bytes } of keys) bytes.fill(0)
}

/**
 * Tells equal blocks of one lineage from others without saying what they hold.
 *
 * @param sha256 of the block
 */
export function identityOf(identityKey: Uint8Array, sha256: Uint8Array): Buffer {
  return createHmac('sha256', identityKey).update(sha256).digest()
}

export function sha256Of(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer')
}
